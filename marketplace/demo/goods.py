"""What the demo sells: kinds of things with their categories, brands, colours and prices."""

from typing import NamedTuple

# Brands with what they cost against a middling one.
HIGH = {"H&M": 0.4, "Zara": 0.5, "Mango": 0.55, "Uniqlo": 0.5, "Weekday": 0.55, "Monki": 0.4, "& Other Stories": 0.9,
        "COS": 1.0, "Arket": 1.0, "Massimo Dutti": 1.0, "Marks & Spencer": 0.6, "Gap": 0.5}  # fmt: skip
MID = {"Sézane": 1.4, "Ganni": 1.9, "Samsøe Samsøe": 1.3, "Reformation": 1.9, "Everlane": 1.0, "Madewell": 1.0,
       "A.P.C.": 2.2, "Sandro": 2.2, "Maje": 2.2, "Claudie Pierlot": 1.9, "Ba&sh": 2.0, "Whistles": 1.4, "Filippa K": 1.9,
       "Rag & Bone": 2.2, "Free People": 1.2, "Anthropologie": 1.2, "Fabienne Chapot": 1.2, "King Louie": 0.9}  # fmt: skip
LUXE = {"Acne Studios": 3.4, "Isabel Marant": 4.0, "Stella McCartney": 5.5, "Max Mara": 5.0, "Marni": 5.0,
        "Vivienne Westwood": 4.2, "Kenzo": 3.2, "Etro": 5.0, "Paul Smith": 2.8}  # fmt: skip
MEN = {"Uniqlo": 0.5, "COS": 1.0, "Arket": 1.0, "A.P.C.": 2.2, "Carhartt": 1.0, "Ralph Lauren": 1.6, "Gant": 1.2,
       "Fred Perry": 1.2, "Barbour": 2.0, "Patagonia": 1.5, "Norse": 0.0, "Wood Wood": 1.5, "Paul Smith": 2.8, "Stüssy": 1.4,
       "Marks & Spencer": 0.6, "J.Crew": 1.0, "L.L.Bean": 1.0}  # fmt: skip
MEN.pop("Norse")
DENIM = {"Levi's": 1.0, "Agolde": 2.0, "Nudie Jeans": 1.5, "Weekday": 0.6, "Wrangler": 0.9, "Lee": 0.9, "A.P.C.": 2.0,
         "Citizens of Humanity": 2.1, "Madewell": 1.2, "Mother": 2.2, "Edwin": 1.3}  # fmt: skip
OUTDOOR = {"Patagonia": 1.4, "The North Face": 1.3, "Fjällräven": 1.5, "Columbia": 0.8, "Helly Hansen": 1.2, "Arc'teryx": 2.4,
           "Uniqlo": 0.5, "Jack Wolfskin": 1.0}  # fmt: skip
SNEAKERS = {"Nike": 1.0, "Adidas Originals": 0.9, "New Balance": 1.0, "Veja": 1.2, "Converse": 0.6, "Vans": 0.6, "Asics": 1.0,
            "Puma": 0.7, "Superga": 0.6, "Onitsuka Tiger": 1.0}  # fmt: skip
SHOES = {"Clarks": 1.0, "Dr. Martens": 1.4, "Camper": 1.3, "Ecco": 1.2, "Geox": 1.0, "Sam Edelman": 1.1, "Aldo": 0.7,
         "Steve Madden": 0.8, "Sézane": 1.6, "Cole Haan": 1.3, "Acne Studios": 3.4, "Tod's": 4.0, "Bensimon": 0.5,
         "Shabbies Amsterdam": 1.5}  # fmt: skip
BAGS = {"Longchamp": 1.4, "Furla": 2.0, "Coach": 2.4, "Kate Spade": 1.8, "Mulberry": 5.5, "Fossil": 1.0, "Baggu": 0.4,
        "A.P.C.": 3.0, "COS": 0.9, "Marc Jacobs": 2.4, "Hidesign": 1.0, "Chloé": 9.0, "Loewe": 9.5}  # fmt: skip
PACKS = {
    "Fjällräven": 1.0,
    "Herschel": 0.8,
    "Eastpak": 0.7,
    "JanSport": 0.6,
    "Kipling": 0.9,
    "Patagonia": 1.2,
}
JEWELS = {"Pandora": 0.8, "Swarovski": 1.2, "Tiffany & Co.": 4.0, "Kendra Scott": 0.8, "Accessorize": 0.3,
          "Voylla": 0.3, "Unbranded": 0.5, "Monsoon": 0.3}  # fmt: skip
WATCHES = {"Skagen": 1.0, "Daniel Wellington": 1.0, "Fossil": 0.9, "Timex": 0.6, "Seiko": 1.6, "Tissot": 3.0, "Swatch": 0.7,
           "Titan": 0.7, "Citizen": 1.5}  # fmt: skip
EYES = {"Ray-Ban": 1.5, "Persol": 2.2, "Quay": 0.6, "Warby Parker": 1.0, "Carrera": 1.2, "Unbranded": 0.3}
KIDS = {
    "Petit Bateau": 1.2,
    "Mini Boden": 1.0,
    "H&M": 0.4,
    "Zara": 0.6,
    "Hanna Andersson": 1.2,
    "Carter's": 0.5,
    "Gap": 0.6,
}
HOME = {"IKEA": 0.4, "H&M Home": 0.5, "Zara Home": 0.8, "HEMA": 0.4, "West Elm": 1.3, "Le Creuset": 1.6, "Unbranded": 0.7,
        "Anthropologie": 1.2}  # fmt: skip
SCENT = {
    "Diptyque": 2.0,
    "Jo Malone": 2.0,
    "Chloé": 1.5,
    "Kenzo": 1.2,
    "Hermès": 1.9,
    "Lancôme": 1.4,
    "Sézane": 1.0,
}
MAKEUP = {
    "MAC": 1.0,
    "Charlotte Tilbury": 1.4,
    "Glossier": 0.9,
    "Fenty Beauty": 1.1,
    "Clinique": 1.0,
    "NYX": 0.4,
    "Dior": 1.8,
}
SOUND = {"Sony": 1.2, "Bose": 1.4, "JBL": 0.5, "Beats": 1.1, "Philips": 0.5}
LENS = {"Canon": 1.0, "Nikon": 1.0, "Fujifilm": 1.2, "Polaroid Originals": 0.5}
PETS = {"Ruffwear": 1.2, "Fjällräven": 1.2, "Unbranded": 0.6, "Barbour": 1.3}
CAPS = {
    "Carhartt": 1.0,
    "New Balance": 0.8,
    "Patagonia": 1.1,
    "Nike": 0.8,
    "Stüssy": 1.3,
    "Ralph Lauren": 1.5,
}
SWIM = {
    "Speedo": 0.6,
    "Arena": 0.7,
    "Oysho": 0.6,
    "Roxy": 0.9,
    "Seafolly": 0.0,
    "H&M": 0.4,
    "Ganni": 1.6,
    "Billabong": 0.9,
}
SWIM.pop("Seafolly")


class Ware(NamedTuple):
    """A kind of thing: its drawing, what people call it, leaves it may be in, brands, colours, new price in whole units."""

    kind: str
    nouns: str
    leaves: str
    brands: dict[str, float]
    colors: str
    price: int
    weight: int
    group: str
    fabrics: str = ""


WARES = [
    Ware("dress", "summer dress|midi dress|tea dress|belted dress", "women-dresses-midi women-dresses-casual women-dresses-maxi", MID | HIGH, "blue green red pink cream navy yellow black white orange", 120, 34, "dress", "floral gingham dot linen check plain"),
    Ware("dress", "girls' dress|twirly dress", "kids-girls-dresses", KIDS, "pink blue yellow red green", 38, 6, "kids", "gingham floral dot stripe"),
    Ware("slip", "slip dress|bias-cut slip dress|satin slip", "women-dresses-party women-dresses-midi women-intimates-slips", MID | LUXE, "burgundy cream green navy pink black gold", 140, 12, "slip", "satin"),
    Ware("blouse", "blouse|bow blouse|puff-sleeve blouse", "women-tops-blouses", MID | HIGH, "cream white pink blue black green burgundy", 85, 20, "top", "satin dot floral linen gingham"),
    Ware("shirt", "shirt|oversized shirt|button-down", "women-tops-shirts", HIGH | MID, "blue white pink green red cream", 70, 16, "top", "stripe gingham linen plain check"),
    Ware("shirt", "shirt|oxford shirt|overshirt", "men-shirts-casual", MEN, "blue white green red navy khaki brown", 80, 18, "top", "linen gingham tartan plain denim check"),
    Ware("tshirt", "T-shirt|tee|Breton top", "women-tops-t-shirts women-tops-long-sleeve", HIGH | MID, "white navy cream red black pink", 32, 12, "top", "stripe plain rib"),
    Ware("tshirt", "T-shirt|heavy tee|pocket tee", "men-shirts-t-shirts", MEN | SNEAKERS, "white black navy grey khaki burgundy", 35, 14, "top", "plain stripe"),
    Ware("tshirt", "kids' tee|striped top", "kids-boys-t-shirts kids-girls-t-shirts", KIDS, "red navy yellow green", 18, 5, "kids", "stripe dot"),
    Ware("jumper", "jumper|cable jumper|crewneck", "women-sweaters-pullovers", MID | HIGH, "cream green navy pink beige grey burgundy orange", 110, 22, "knit", "cable knit rib"),
    Ware("jumper", "fisherman's jumper|lambswool jumper", "men-sweaters-pullovers", MEN, "navy grey green brown cream", 110, 14, "knit", "cable knit rib"),
    Ware("cardigan", "cardigan|chunky cardigan|grandpa cardigan", "women-sweaters-cardigans", MID | HIGH, "green pink brown cream red navy yellow", 115, 18, "knit", "knit cable rib"),
    Ware("cardigan", "shawl cardigan|cardigan", "men-sweaters-cardigans", MEN, "brown navy grey green", 120, 7, "knit", "knit cable"),
    Ware("hoodie", "hoodie|heavyweight hoodie", "men-sweaters-hoodies women-sweaters-hoodies", MEN | SNEAKERS, "grey green navy cream brown pink black", 75, 16, "sweat", "plain fleece"),
    Ware("skirt", "skirt|button skirt|A-line skirt", "women-skirts-a-line women-skirts-midi", HIGH | MID, "brown khaki navy red beige cream", 75, 14, "skirt", "cord linen plain gingham leather"),
    Ware("skirt", "denim skirt", "women-skirts-denim", DENIM, "blue navy", 80, 5, "denim", "denim"),
    Ware("pleated", "pleated skirt|pleated midi skirt", "women-skirts-pleated", HIGH | MID, "green navy beige burgundy pink grey black", 80, 14, "skirt", "plain tartan satin"),
    Ware("swimsuit", "swimsuit|one-piece", "women-swim-one-pieces", SWIM, "red navy green black pink", 60, 10, "swim", "stripe plain rib dot gingham"),
    Ware("coat", "wool coat|overcoat|cocoon coat", "women-jackets-wool", MID | LUXE | HIGH, "beige navy grey red green brown black", 260, 18, "coat", "plain twill fleece tartan"),
    Ware("coat", "overcoat|wool coat", "men-jackets-wool", MEN, "navy grey brown beige", 280, 9, "coat", "twill plain"),
    Ware("trench", "trench coat|belted trench|mac", "women-jackets-trench men-jackets-trench", MID | HIGH | {"Burberry": 6.0}, "beige khaki navy cream", 220, 12, "coat", "twill"),
    Ware("blazer", "blazer|oversized blazer", "women-jackets-blazers", MID | HIGH | LUXE, "navy grey beige burgundy green pink black", 150, 16, "tailoring", "pinstripe twill plain linen check"),
    Ware("blazer", "blazer|unlined blazer", "men-suits-blazers", MEN, "navy grey brown khaki", 190, 10, "tailoring", "twill pinstripe linen cord"),
    Ware("jacket", "denim jacket|trucker jacket", "women-jackets-denim men-jackets-denim", DENIM, "blue navy black cream", 110, 14, "jacket", "denim"),
    Ware("jacket", "leather jacket|biker jacket", "women-jackets-leather men-jackets-leather", LUXE | {"AllSaints": 2.2, "Zara": 0.7, "Mango": 0.8}, "black brown burgundy", 220, 12, "leather", "leather"),
    Ware("jacket", "suede jacket|corduroy jacket", "men-jackets-other women-jackets-other", MEN, "brown beige green khaki", 170, 7, "jacket", "cord suede"),
    Ware("puffer", "puffer jacket|down jacket", "women-jackets-puffers men-jackets-puffers", OUTDOOR, "green black navy red cream yellow", 190, 14, "outdoor", "quilt"),
    Ware("jeans", "straight jeans|501s|wide-leg jeans", "women-jeans-straight women-jeans-flare women-jeans-mom", DENIM, "blue navy black cream", 110, 22, "denim", "denim"),
    Ware("jeans", "straight jeans|selvedge jeans|slim jeans", "men-jeans-straight men-jeans-slim", DENIM, "navy blue black", 120, 14, "denim", "denim"),
    Ware("trousers", "wide trousers|pleated trousers|linen trousers", "women-pants-wide-leg women-pants-trousers", HIGH | MID, "cream beige navy black khaki brown", 90, 18, "trousers", "linen twill plain pinstripe"),
    Ware("trousers", "chinos|cord trousers|pleated trousers", "men-pants-chinos men-pants-corduroy", MEN, "khaki beige navy brown", 90, 12, "trousers", "twill cord linen"),
    Ware("shorts", "linen shorts|drawstring shorts", "men-shorts-casual women-shorts-high-waist", MEN | HIGH, "beige navy khaki pink white", 50, 10, "trousers", "linen plain gingham stripe"),
    Ware("sneaker", "trainers|sneakers|low-tops", "women-shoes-sneakers men-shoes-sneakers", SNEAKERS, "white cream black green pink navy beige", 110, 26, "shoes", "leather plain suede"),
    Ware("sneaker", "kids' trainers", "kids-shoes-sneakers", SNEAKERS, "white red blue pink", 50, 5, "kids", "leather plain"),
    Ware("boot", "ankle boots|lace-up boots|Chelsea boots", "women-shoes-ankle-boots men-shoes-boots women-shoes-boots", SHOES | {"Timberland": 1.5, "Red Wing": 2.6}, "brown black burgundy beige", 150, 20, "shoes", "leather suede"),
    Ware("heel", "heels|slingback pumps|block heels", "women-shoes-heels women-shoes-pumps", SHOES | {"Jimmy Choo": 5.0}, "black red navy beige pink green gold", 140, 14, "shoes", "leather suede satin patent"),
    Ware("loafer", "loafers|penny loafers", "women-shoes-loafers men-shoes-loafers", SHOES, "brown black burgundy navy", 150, 14, "shoes", "leather patent suede"),
    Ware("sandal", "clogs|leather clogs", "women-shoes-mules", {"Birkenstock": 1.0, "Camper": 1.1, "Ecco": 0.9}, "beige brown green black pink", 120, 9, "shoes", "leather suede"),
    Ware("tote", "tote|market tote|shopper", "women-bags-totes", BAGS, "cream brown black navy green red", 110, 14, "bag", "linen leather stripe plain"),
    Ware("shoulder", "shoulder bag|saddle bag|crossbody", "women-bags-shoulder women-bags-crossbody", BAGS, "green brown black burgundy beige red", 170, 18, "bag", "leather suede"),
    Ware("backpack", "backpack|day pack", "men-bags-backpacks women-bags-backpacks kids-accessories-bags", PACKS, "navy green yellow burgundy black pink", 90, 11, "bag", "twill plain"),
    Ware("purse", "wallet|purse|card holder", "women-bags-wallets men-bags-wallets", BAGS, "brown red green pink black", 60, 8, "bag", "leather"),
    Ware("hat", "felt hat|fedora|wool hat", "women-accessories-hats men-accessories-hats", HIGH | {"Unbranded": 0.8}, "beige brown green black burgundy", 70, 7, "small", "suede plain"),
    Ware("cap", "cap|baseball cap|cord cap", "men-accessories-hats women-accessories-hats", CAPS, "green navy beige orange black", 32, 8, "small", "twill cord"),
    Ware("beanie", "beanie|bobble hat", "women-accessories-hats men-accessories-hats", OUTDOOR | {"Carhartt": 0.7}, "yellow green navy red cream pink", 35, 10, "woolly", "knit rib"),
    Ware("scarf", "scarf|wool scarf|blanket scarf", "women-accessories-scarves men-accessories-scarves", HIGH | {"Acne Studios": 3.0, "Barbour": 1.2}, "red green navy beige pink grey", 60, 14, "woolly", "tartan knit stripe gingham"),
    Ware("belt", "belt|leather belt", "women-accessories-belts men-accessories-belts", HIGH | {"Hidesign": 0.8}, "brown black beige", 45, 8, "small", "leather"),
    Ware("sunglasses", "sunglasses|cat-eye sunglasses", "women-accessories-sunglasses men-accessories-sunglasses", EYES, "brown black green burgundy beige", 110, 11, "small", "plastic"),
    Ware("necklace", "necklace|pendant|fine chain", "women-jewelry-necklaces women-jewelry-pendants", JEWELS, "gold silver", 70, 8, "jewel", "metal"),
    Ware("necklace", "bead necklace|glass beads", "women-jewelry-necklaces", JEWELS, "blue green red pink", 40, 5, "jewel", "plain"),
    Ware("earrings", "hoops|drop earrings", "women-jewelry-earrings", JEWELS, "gold silver", 50, 9, "jewel", "metal"),
    Ware("watch", "watch|wristwatch", "women-accessories-watches men-accessories-watches", WATCHES, "brown black navy burgundy green", 150, 11, "watch", "leather"),
    Ware("tie", "tie|silk tie", "men-accessories-ties", MEN | {"Thomas Pink": 1.2}, "navy burgundy green brown", 55, 6, "small", "stripe dot satin"),
    Ware("socks", "socks|two pairs of socks", "women-accessories-socks men-underwear-socks", {"Happy Socks": 1.0, "Bombas": 1.0, "Uniqlo": 0.4}, "orange green navy red yellow", 16, 5, "small", "stripe rib dot"),
    Ware("mug", "mug|stoneware mug", "home-dining-mugs", HOME, "blue white green cream brown", 22, 7, "home", "plain"),
    Ware("vase", "vase|belly vase", "home-decor-vases", HOME, "white cream brown blue green", 45, 8, "home", "plain"),
    Ware("cushion", "cushion cover|cushion", "home-decor-cushions", HOME, "green blue red beige yellow", 35, 8, "home", "gingham linen stripe floral"),
    Ware("candle", "scented candle|candle", "home-decor-candles", SCENT, "orange green cream burgundy", 40, 5, "beauty", "glass"),
    Ware("lipstick", "lipstick", "beauty-makeup-lipstick", MAKEUP, "red pink burgundy orange", 26, 6, "beauty", "satin"),
    Ware("bottle", "perfume|eau de toilette", "beauty-fragrance-perfume", SCENT, "pink orange blue yellow", 80, 7, "beauty", "glass"),
    Ware("headphones", "headphones|wireless headphones", "electronics-audio-headphones", SOUND, "black cream blue beige", 220, 6, "tech", "plastic"),
    Ware("phone", "phone, unlocked", "electronics-phones-phones", {"Apple": 1.4, "Samsung": 1.0}, "black purple blue yellow cream", 480, 5, "tech", "satin"),
    Ware("camera", "film camera|35 mm camera", "electronics-cameras-film", LENS, "brown black", 160, 6, "tech", "leather"),
    Ware("collar", "dog collar|leather collar", "pets-dogs-collars", PETS, "brown red blue green", 35, 4, "pet", "leather"),
    Ware("dog_coat", "dog coat|quilted dog coat", "pets-dogs-clothing", PETS, "red green navy beige", 60, 5, "pet", "tartan gingham fleece plain"),
]  # fmt: skip

# Drawn colours that the shop calls something broader.
LISTED_AS = {"navy": "blue", "burgundy": "red", "khaki": "green", "turquoise": "blue"}
