"""What the demo's people say under listings: short exchanges, each line (who, text). "b" asks, "s" sells, "c" passes by."""

ANY = [
    [
        ("b", "Is this still available?"),
        ("s", "It is! Can post on Friday."),
        ("b", "Perfect, let me measure myself first."),
    ],
    [
        ("b", "Would you take a little less?"),
        ("s", "I could do ten per cent off if it goes this week."),
        ("b", "Fair. Thinking about it over dinner."),
    ],
    [
        ("b", "Love this. Where did you find it?"),
        ("s", "In a tiny shop in {city}, three summers ago. It closed, sadly."),
    ],
    [
        ("c", "@{b} I was looking at this too, you have good taste."),
        ("b", "@{c} then we had better be quick."),
    ],
    [("b", "Could you add a photo by daylight?"), ("s", "Just did, see the second picture.")],
    [
        ("b", "Does the colour look like that in real life?"),
        ("s", "A touch warmer in the evening, spot on at noon."),
    ],
    [
        ("b", "How long does shipping take to the islands?"),
        ("s", "Usually four days. I send the number the moment it leaves."),
    ],
    [("c", "I sold mine last year and regret it every week.")],
    [
        ("b", "Do you bundle? I have my eye on two of your things."),
        ("s", "Always. Mention me under the other one and I will work it out."),
    ],
    [("b", "Saving this until payday."), ("s", "It will probably still be here. Probably.")],
    [("c", "What a beauty."), ("s", "Thank you @{c}, it is hard to let go.")],
    [
        ("b", "Is your home smoke-free?"),
        ("s", "Smoke-free, yes. One dog, but he has no access to the wardrobe."),
    ],
]

BY_GROUP = {
    "fit": [
        [
            ("b", "Is it true to size? I am usually between two."),
            ("s", "Runs a bit large, I would take the smaller one."),
            ("b", "That helps, thank you."),
        ],
        [
            ("b", "What is it made of? The label is hard to read."),
            ("s", "Third picture, bottom line. It feels like more, though."),
        ],
        [
            ("c", "I have this in another colour and live in it."),
            ("b", "@{c} does it keep its shape?"),
            ("c", "@{b} two years and counting."),
        ],
        [("b", "Would it fit somebody of 180?"), ("s", "I think so, my brother is 183 and steals it.")],
    ],
    "upper": [
        [
            ("b", "Could you measure it from pit to pit?"),
            ("s", "52 cm, laid flat and not stretched."),
            ("b", "Same as mine, hooray."),
        ],
        [
            ("b", "How long are the sleeves?"),
            ("s", "61 cm from the shoulder. They end at my wrist and I have long arms."),
        ],
    ],
    "long": [
        [
            ("b", "How tall are you? Wondering about the length."),
            ("s", "172, and it ends well below the knee on me."),
            ("c", "@{b} I am 160 and have the same one, it needed no hem."),
        ],
    ],
    "light": [
        [("b", "Is it see-through?"), ("s", "Not at all, I checked against a window for you.")],
        [
            ("b", "Does it crease a lot?"),
            ("s", "It is linen-minded: a little, and gracefully."),
            ("b", "Gracefully is more than I manage."),
        ],
        [
            ("b", "Would it work for a wedding in October?"),
            ("s", "With tights and courage, yes."),
            ("c", "Add a belt. Trust me."),
        ],
    ],
    "waist": [
        [("b", "Any stretch in the waist?"), ("s", "None before lunch, some after.")],
        [
            ("b", "Could you measure the waist?"),
            ("s", "38 cm laid flat, so 76 around."),
            ("b", "Then I shall stop eating on Thursday."),
        ],
    ],
    "warm": [
        [
            ("b", "Is it warm enough for a real winter?"),
            ("s", "It has done three of them with me."),
            ("b", "Sold on that alone."),
        ],
        [("b", "Does it scratch?"), ("s", "I wear it on bare skin and I am a princess about these things.")],
    ],
    "shoes": [
        [
            ("b", "Do they run narrow?"),
            ("s", "A bit at the toes, fine after a week."),
            ("b", "I have wide feet, so maybe not. Thank you for being honest."),
        ],
        [("b", "Half sizes up or down?"), ("s", "I take a 7.5 and these fit like one.")],
        [
            ("b", "Could I see the soles?"),
            ("s", "Added them. The left one has met more pavement."),
            ("b", "They look fine to me."),
        ],
        [("c", "The most comfortable pair I ever owned, for whoever hesitates.")],
    ],
    "bag": [
        [("b", "Does a laptop fit in?"), ("s", "13 inches slides in, 14 with some negotiation.")],
        [
            ("b", "Is the strap long enough to wear across?"),
            ("s", "Yes, on the last hole it hangs at the hip (I am 165)."),
        ],
        [("b", "Is it real leather?"), ("s", "It is. There is a photo of the stamp inside.")],
    ],
    "small": [
        [("b", "Would you post it as a letter?"), ("s", "Yes, that is cheaper for both of us.")],
        [
            ("b", "Does it come with the box?"),
            ("s", "Box, cloth and the receipt, if I find it."),
            ("s", "Found it."),
        ],
    ],
    "home": [
        [("b", "How tall is it?"), ("s", "18 cm. It looks taller because it is proud.")],
        [("b", "Will it survive the post?"), ("s", "I once sent a teapot to Perth, so yes.")],
        [("c", "My grandmother had this one. The smell of her kitchen came back.")],
    ],
    "tech": [
        [("b", "What is the battery like?"), ("s", "89 per cent, there is a screenshot if you want it.")],
        [("b", "Any scratches on the glass?"), ("s", "One hairline, only visible when it is off.")],
    ],
}
# What is asked about which kind of thing.
GROUPS = {
    "dress": "fit long light", "slip": "fit long light", "top": "fit upper", "knit": "fit upper warm", "sweat": "fit upper",
    "woolly": "small warm", "skirt": "fit long waist", "swim": "fit", "coat": "fit upper long", "tailoring": "fit upper",
    "denim": "fit waist", "jacket": "fit upper", "leather": "fit upper", "outdoor": "fit warm", "trousers": "fit waist",
    "kids": "fit", "shoes": "shoes", "bag": "bag", "small": "small", "jewel": "small", "watch": "small", "beauty": "small",
    "home": "home", "tech": "tech", "pet": "small",
}  # fmt: skip

QUARREL = [
    ("b", "You promised to hold it for me until Sunday."),
    ("c", "@{b} I asked first, look further up."),
    ("s", "I did not promise anybody anything. First to buy it has it."),
    ("b", "Well, that is not how I read it."),
    ("s", "I am closing the comments here, so that we all stay friends. Prices and sizes are above."),
]
REGRET = "Never mind, I had the wrong listing open."
EDITED = (
    "Is the lenght given with or without the collar?",
    "Is the length given with or without the collar?",
)
