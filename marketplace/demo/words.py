"""How the demo's people write: by kind of thing, by condition, and what they say at the end."""

FABRIC_WORDS = {
    "gingham": ("gingham", "checked"), "stripe": ("striped", "Breton-stripe"), "dot": ("polka dot", "dotted"),
    "floral": ("floral", "flowered"), "tartan": ("tartan", "plaid"), "check": ("windowpane", "checked"),
    "pinstripe": ("pinstripe",), "linen": ("linen", "washed linen"), "denim": ("washed", "rigid denim"),
    "cord": ("corduroy",), "leather": ("leather",), "suede": ("suede",), "satin": ("satin", "silky"),
    "cable": ("cable-knit",), "knit": ("chunky", "wool"), "rib": ("ribbed",), "fleece": ("soft", "brushed"),
    "patent": ("patent",), "quilt": ("quilted",), "twill": ("cotton", "brushed cotton"),
}  # fmt: skip

COLOR_WORDS = {
    "black": ("black", "soft black"), "white": ("white", "chalk white"), "cream": ("cream", "ecru"),
    "beige": ("camel", "sand", "beige"), "brown": ("chestnut", "brown", "tobacco"), "grey": ("grey", "heather grey"),
    "red": ("red", "tomato red", "brick"), "burgundy": ("burgundy", "oxblood"), "pink": ("dusty pink", "rose", "pink"),
    "orange": ("rust", "orange"), "yellow": ("mustard", "yellow"), "green": ("green", "sage", "bottle green"),
    "khaki": ("khaki", "olive"), "blue": ("blue", "sky blue", "cornflower"), "navy": ("navy", "midnight blue"),
    "purple": ("plum", "lilac"), "gold": ("gold",), "silver": ("silver",), "multi": ("multicolour",),
}  # fmt: skip

OPENINGS = {
    "nwt": ("Bought for a wedding that moved to the beach, so the tags never came off.", "A present in the wrong size and past its return date.",
            "Never worn, tags still on. I have one just like it, which I only noticed at home.", "Impulse buy. It has hung there looking at me since spring."),
    "nwot": ("Tried on at home, twice, and never left the house.", "New, I only cut the tags off before I changed my mind.",
             "Unworn. It is lovely and it is simply not me.", "Washed once and put away, never worn outside."),
    "like_new": ("Worn for one afternoon and carried home in its bag.", "Hardly worn, and it shows.", "Worn twice, washed cold, kept on a padded hanger.",
                 "I saved it for best, and best never came.", "In such good shape that I feel a little guilty.", "Bought last autumn, worn three times at most."),
    "good": ("A favourite of mine for two years, and there is plenty of life left in it.", "Worn and looked after.", "Clean, mended where it had to be, ready to go.",
             "It has been to a lot of dinners and always behaved.", "Normal signs of wear, nothing you would see from across a table.",
             "I wore it every week until my taste moved on.", "Found second-hand myself, so you would be its third good home."),
    "fair": ("Well loved. Priced for the marks, which are all in the photos.", "It has lived a little, and that is the charm.",
             "Not perfect, so neither is the price.", "A project piece or a comfortable everyday one, depending on how fussy you are."),
}  # fmt: skip

# For what one does not wear.
OPENINGS_THINGS = {
    "nwt": ("A present that I have twice now.", "Unopened, still sealed.", "Bought for a flat I never moved into."),
    "nwot": ("Unpacked once to look at it, never used.", "New; only the box has seen daylight.", "Never used. It deserves better than my cupboard."),
    "like_new": ("Used a handful of times.", "Hardly used, and it shows.", "In such good shape that I feel a little guilty.", "Looked after from the first day."),
    "good": ("Used and looked after.", "It has done its job well and has years left.", "Normal signs of use, nothing you would see from across a table.", "Found second-hand myself, so you would be its third good home."),
    "fair": ("Well used. Priced for the marks, which are all in the photos.", "Not perfect, so neither is the price."),
}  # fmt: skip

OPENINGS_KIDS = {
    "nwt": ("A present in last year's size, tags still on.", "Bought ahead, and then the legs grew faster."),
    "nwot": ("Never worn, she had opinions.", "New, we simply have three of them."),
    "like_new": ("Worn to two birthday parties.", "Outgrown before it was ever really worn."),
    "good": ("Handed down once and still going strong.", "Worn, washed, loved, outgrown."),
    "fair": ("It has climbed trees.", "A playground veteran, priced like one."),
}  # fmt: skip

DETAILS = {
    "dress": ("Falls just below the knee on me and I am 168 cm.", "Fully lined, with a zip at the side that runs smoothly.", "It has pockets, deep ones.", "The waist sits high and the skirt moves when you walk.",
              "Light enough for August, long enough for October with boots.", "The cotton is dense, so no slip needed.", "Swishy in the best way."),
    "slip": ("Cut on the bias, so it follows you instead of leading.", "Straps adjust and do not slip.", "Heavy satin, not the shiny party kind.", "Lovely alone, lovelier under a big jumper.", "Midi on me at 170 cm."),
    "sweat": ("Heavy cotton that has not gone bobbly.", "Cuffs and hem are still tight.", "Roomy without swallowing you.", "The inside is still soft."),
    "woolly": ("Warm without the itch.", "Washed by hand in wool soap.", "It has kept its shape and its colour.", "Big enough to hide in on Mondays."),
    "jacket": ("All buttons present and correct.", "Fits a jumper underneath.", "Short and boxy, so it works with high waists.", "Inside pocket for a phone, outside pockets for hands.", "Softened by years, not worn out."),
    "top": ("Cut straight and a little boxy; I wear it half tucked.", "Collar and cuffs are crisp.", "All buttons are there, with a spare sewn inside.", "Soft from washing, not thin.",
            "Goes under a jumper without bunching.", "Looks best slightly creased, which is lucky.", "The sleeves roll up nicely and stay there."),
    "knit": ("No pilling under the arms, I went over it with a comb.", "Warm without the itch.", "Washed by hand in wool soap and dried flat.", "Sleeves are long enough to hide your hands in.",
             "Thick, heavy and honest wool.", "It keeps its shape, even the elbows.", "Stored with cedar, no moths have met it."),
    "skirt": ("Sits on the natural waist.", "The lining stops it from clinging to tights.", "It twirls.", "Hem is original and there is enough of it to let down.", "Hangs straight after a minute of steam."),
    "swim": ("Chlorine-free life, only sea.", "Good support without wires.", "Lined at the front.", "The elastic is firm, nothing has gone see-through."),
    "coat": ("The lining is whole and the pockets have no holes.", "Room for a thick jumper underneath.", "Dry-cleaned last month, receipt included.", "Falls to mid-calf on me (170 cm).", "Weighs as much as you hope it does.",
             "The collar stands up against wind."),
    "tailoring": ("Shoulders are soft, not padded out to the door.", "Half lined, so it works in summer.", "The sleeve buttons open.", "Sharp enough for a talk, easy enough for a Sunday.", "Pressed and ready."),
    "denim": ("No stretch, they give a little after an hour.", "Inseam 76 cm, never shortened.", "Faded where one fades, even everywhere else.", "Measured flat: waist 37 cm, rise 29 cm.", "The kind of stiff that gets better with you.",
              "Washed inside out, maybe four times."),
    "leather": ("The leather has softened and smells as it should.", "Zips are YKK and run well.", "Treated with balm every winter.", "Fits close, so size up for a thick jumper."),
    "outdoor": ("Down has kept its loft, I washed it with tennis balls.", "Hood packs into the collar.", "Two zipped pockets, one inside for a phone.", "Has seen snow and shrugged."),
    "trousers": ("High waist, wide leg, kind to lunch.", "Creases at the front are sewn in, so they stay.", "Hemmed for 172 cm with flat shoes.", "Side pockets that lie flat.", "Cool in the heat and they do not cling."),
    "shoes": ("Soles have plenty left.", "Re-heeled last month by a cobbler I trust.", "Comfortable from the first hour.", "True to size on me, a regular foot.", "Insoles are clean; photos show the worst corner.", "Come with the box and spare laces.",
              "A bit narrow, so best for slim feet."),
    "bag": ("Fits a laptop of 13 inches and a book.", "Strap adjusts from elbow to hip.", "Inside is clean, no pen disasters.", "The clasp shuts with a proper click.", "Stands up by itself.", "Comes with its dust bag."),
    "small": ("Barely takes any room in the post, so shipping is cheap.", "Fits most, see the measurements in the photos.", "A good little present.", "The sort of thing that finishes an outfit."),
    "jewel": ("Nickel-free as far as I can tell, and my ears are picky.", "Cleaned and polished.", "The clasp is safe, I had it checked.", "Comes in its little box.", "Lighter than it looks."),
    "watch": ("New battery this spring, keeps good time.", "Glass without scratches, strap lightly creased.", "Comes with two spare links and the papers.", "36 mm across, sits flat."),
    "home": ("No chips, I ran a finger all around.", "Dishwasher-safe, though I never dared.", "From a smoke-free flat.", "Wrapped in three layers of newspaper for the trip.", "It has sat on a shelf being admired."),
    "beauty": ("Opened once, swatched on the hand.", "About nine tenths left.", "Kept cool and dark. Good for another two years.", "Cleaned with alcohol before sending.", "Bought from the brand, not a duplicate shop."),
    "tech": ("Reset, cleaned and tested this morning.", "Charger and original box included.", "Works as it should; I simply upgraded.", "Battery still lasts me two days.", "A roll of film from last week proves it works."),
    "kids": ("Outgrown after one season, as they do.", "Knees and elbows are fine.", "Washed at 40 degrees, no stains that I could find.", "Name tag cut out, nothing else changed."),
    "pet": ("Our dog refused it with dignity.", "Washed and free of hair, more or less.", "Chest 60 cm, back 45 cm.", "Outgrown in a month. Puppies."),
}  # fmt: skip

CLOSINGS = (
    "Ask me for measurements.", "Happy to bundle.", "From a home without smoke.", "Posted within two days.", "Offers are fine, sighs are not.",
    "I am in no hurry, so no swaps please.", "More photos on request.", "Sold as seen, with a good conscience.", "It deserves to go out more.",
    "Wrapped in paper, never in plastic.", "Reluctantly for sale.", "", "", "", "", "",
)  # fmt: skip

FLAWS = {
    "cloth": (("pilling", "underarm", "A little pilling under the arms, nothing a comb cannot fix."), ("stain", "hem", "Faint mark near the hem, the size of a lentil."),
              ("loose_seam", "seam", "Two centimetres of the side seam were resewn by hand."), ("fading", "collar", "Slightly faded at the collar."), ("missing_part", "closure", "One button replaced by a near twin."),
              ("snag", "sleeve", "A pulled thread on the left sleeve.")),
    "shoes": (("scuff", "front", "Scuffs on both toes."), ("wear", "back", "Heels worn down a little on the outside."), ("crack", "front", "Fine creases where the foot bends.")),
    "hard": (("scratch", "front", "Hairline scratches that only show in the sun."), ("wear", "back", "Light wear at the corners.")),
}  # fmt: skip
FLAW_FAMILY = {
    "shoes": "shoes", "bag": "hard", "watch": "hard", "home": "hard", "tech": "hard", "jewel": "hard", "beauty": "hard",
    "leather": "hard", "small": "hard",
}  # fmt: skip

EXTRAS = {
    "nwt": ("tags still on", "new with tags"), "nwot": ("never worn", "new, no tags"), "like_new": ("worn twice", "barely worn", "as new"),
    "good": ("well kept", "my favourite for years", "second home wanted", "a classic"), "fair": ("loved, with marks", "some wear, priced for it"),
}  # fmt: skip

# Things that people call by their model.
MODELS = {
    ("phone", "Apple"): ("iPhone 13, 128 GB", "iPhone 12 mini, unlocked"), ("phone", "Samsung"): ("Galaxy S21, unlocked",),
    ("camera", "Canon"): ("Canonet QL17 rangefinder", "AE-1 with 50 mm lens"), ("camera", "Nikon"): ("FM2, body only", "FE with 50 mm lens"),
    ("camera", "Fujifilm"): ("GA645 medium format",), ("camera", "Polaroid Originals"): ("OneStep instant camera",),
    ("headphones", "Sony"): ("WH-1000XM4 headphones",), ("headphones", "Bose"): ("QuietComfort 35 headphones",),
    ("bottle", "Diptyque"): ("Philosykos, 75 ml",), ("bottle", "Jo Malone"): ("Lime Basil & Mandarin, 50 ml",),
    ("bottle", "Kenzo"): ("Flower, 50 ml",), ("bottle", "Hermès"): ("Un Jardin sur le Nil, 50 ml",),
    ("bottle", "Lancôme"): ("Trésor, 30 ml",), ("candle", "Diptyque"): ("Figuier candle, 190 g", "Baies candle, 70 g"),
}  # fmt: skip

# What cannot be said of: something new; things not worn on the body; single kinds.
ONLY_USED = (
    "heeled", "ashed", "reated", "Outgrown", "nine tenths", "aded", "Dry-cleaned", "oftened", "attery", "from last", "pilling", "Soles",
    "Insoles", "kept its", "pgraded", "Chlorine", "leaned", "watched", "refused", "disasters", "still", "Stored", "survived", "Has seen",
    "give a little", "gone", "ace with", "stays what", "Softened", "runs well", "creased.", "elastic", "has sat", "Knees", "Measured flat",
)  # fmt: skip
ONLY_CLOTHES = ("hanger", "ashed", "mended")
NOT_FOR = {
    "sneaker": ("heeled",), "sandal": ("heeled", "laces"), "loafer": ("laces",), "heel": ("laces", "cobbler I trust. "), "boot": (),
    "camera": ("Charger", "attery", "Reset"), "phone": ("film",), "headphones": ("film",), "bottle": ("watched",), "candle": ("watched", "lcohol"),
    "cushion": ("chips", "ishwasher"), "lipstick": ("brand, not",), "tshirt": ("Collar", "buttons", "sleeves"), "purse": ("laptop", "Strap", "Stands"),
    "tote": ("clasp",), "backpack": ("clasp", "dust bag"), "collar": ("Chest",), "vase": ("ishwasher",), "blouse": ("half tucked",),
    "shorts": ("wide leg", "Creases", "172"), "necklace": ("picky",), "jacket": (), "hat": ("Fits most",), "belt": ("Fits most",),
}  # fmt: skip
