"""The people of the demo: (username, name, city, about). The first three have the logins of logins.py."""

from typing import NamedTuple


class Person(NamedTuple):
    """Somebody as their closet shows them."""

    username: str
    name: str
    city: str
    about: str


PEOPLE = [
    Person("ines_m", "Inês Martins", "Porto", "Mostly here to look. Weakness: knitwear and anything with a collar. Size M, shoes US 7.5."),
    Person("marlow_lane", "Marlow & Lane", "Bristol", "Two sisters, one overfull flat. We wash, mend and steam everything before it leaves. Parcels on Tuesdays and Fridays, always in paper."),
    Person("gingham_crew", "Sam at Gingham", "Lisbon", "I look after this place. If something is off, mention me in a comment."),
    Person("ada_okafor", "Ada Okafor", "Lagos", "Ankara to the office, sneakers to everything else. I measure flat and answer fast."),
    Person("yuki_tnk", "Yuki Tanaka", "Kyoto", "Quiet clothes, mostly navy. Each piece has been worn, loved and repaired if needed."),
    Person("soren_k", "Søren Krøyer", "Aarhus", "Clearing out after a move. Wool, wool, more wool. No smoke, one very polite cat."),
    Person("priya_menon", "Priya Menon", "Kochi", "Architect. I buy well and too much. Happy to send measurements."),
    Person("luc_marchand", "Luc Marchand", "Lyon", "Chemises, vestes, chaussures. I sell what I no longer wear, nothing else."),
    Person("wanjiru_n", "Wanjiru Ngugi", "Nairobi", "Thrift hunter since school. Every find has a story and I will tell it if you ask."),
    Person("lukasz_now", "Łukasz Nowak", "Wrocław", "Boots, denim, and the odd camera. Honest photos, honest flaws."),
    Person("mei_lin", "Mei Lin Chua", "Singapore", "Small wardrobe, high turnover. It is thirty degrees here, so the coats have hardly been worn."),
    Person("amina_d", "Amina Diallo", "Dakar", "Colour is a good mood. Bags, dresses, and prints that make people smile."),
    Person("tomas_ruiz", "Tomás Ruiz", "Oaxaca", "Leather and linen. I restore shoes on weekends."),
    Person("freya_w", "Freya Wilson", "Edinburgh", "Rain-tested outerwear. If it survived here it will survive anywhere."),
    Person("noor_h", "Noor Haddad", "Amman", "Long sleeves, long skirts, long memory for a good cut."),
    Person("elif_y", "Elif Yılmaz", "Izmir", "Vintage blouses and silk scarves from my grandmother's trunk, with her blessing."),
    Person("bo_vermeer", "Bo Vermeer", "Utrecht", "I cycle in everything I sell, except the heels. Ships in a day."),
    Person("camila_p", "Camila Prado", "São Paulo", "Swimwear and summer dresses. I own one coat and it is for sale."),
    Person("jonas_b", "Jonas Berg", "Bergen", "Father of twins, so: kids' clothes in pairs, and my own from before."),
    Person("hana_kim", "Hana Kim", "Seoul", "Minimal, oversized, well pressed. I reply in the evening, Korean time."),
    Person("oluwaseun", "Seun Adeyemi", "London", "Tailor by trade. I sell samples, returns and my own experiments."),
    Person("maria_f", "María Fuentes", "Valencia", "Everything for the beach and a few things for weddings."),
    Person("dario_conti", "Dario Conti", "Torino", "Blazers and loafers. My father was a shoemaker and he is watching."),
    Person("greta_s", "Greta Schulz", "Leipzig", "Second-hand first. I sell to make room for other people's clothes."),
    Person("rashida_a", "Rashida Ahmed", "Dhaka", "Cotton, handloom, block print. Washed cold, dried in shade."),
    Person("theo_g", "Theo Georgiou", "Athens", "Caps, tees and trainers in rotation. One in, one out."),
    Person("saoirse_b", "Saoirse Byrne", "Galway", "Aran knits and raincoats. A seamstress lives next door, so hems are never a problem."),
    Person("anouk_v", "Anouk de Vries", "Antwerp", "Dries taught me colour. Selling the pieces I admire more than wear."),
    Person("kofi_m", "Kofi Mensah", "Accra", "Shirts. So many shirts."),
    Person("lena_p", "Lena Petrova", "Tbilisi", "Theatre costumes by day, a black coat by night."),
    Person("sunita_r", "Sunita Rao", "Pune", "Jewellery and bags. Each piece is photographed in morning light, no filter."),
    Person("marc_o", "Marc Oliveira", "Montréal", "Winter is long, my closet is longer. Down, wool and good boots."),
    Person("ewa_z", "Ewa Zielińska", "Gdańsk", "I sew, so I buy for the fabric. Alterations are always listed."),
    Person("julie_n", "Julie Nguyen", "Hanoi", "Silk and linen, small sizes. I pack with love and old newspapers."),
    Person("arjun_s", "Arjun Singh", "Chandigarh", "Watches, belts, leather. Small things, well kept."),
    Person("clara_h", "Clara Holm", "Malmö", "Closet of a former buyer: samples, stripes and sensible shoes."),
    Person("pilar_a", "Pilar Arce", "Bogotá", "Denim in every wash. Tell me your waist, I tell you the truth."),
    Person("ben_t", "Ben Taylor", "Portland", "Flannel and film cameras. Yes, I know."),
    Person("fatou_s", "Fatou Sarr", "Marseille", "Robes à fleurs et sacs. Ships with a handwritten note."),
    Person("zoe_k", "Zoë Keller", "Zürich", "Bought too carefully, worn too rarely. Most things look new because they are."),
    Person("hugo_l", "Hugo Lindqvist", "Uppsala", "Student budget, good taste, honest prices."),
    Person("leila_b", "Leila Bensaïd", "Tunis", "Ceramics, cushions and the occasional kaftan."),
    Person("nina_r", "Nina Rossi", "Bologna", "My mother kept everything from the seventies. Lucky us."),
    Person("omar_f", "Omar Farouk", "Alexandria", "Linen trousers all year. Sandals most of it."),
    Person("tess_m", "Tess Murphy", "Melbourne", "Vintage dealer's daughter. I know my dates and my moths."),
    Person("ivy_c", "Ivy Chen", "Taipei", "Cat hair removed before shipping. Both cats object."),
    Person("diego_v", "Diego Vargas", "Lima", "Alpaca and leather, straight from people I know."),
    Person("ruth_a", "Ruth Abebe", "Addis Ababa", "White cotton, gold jewellery, strong coffee."),
    Person("sam_w", "Sam Whitfield", "Leeds", "Skate shoes and hoodies, washed, promise."),
    Person("karin_o", "Karin Öberg", "Göteborg", "Three kids, so the small things go fast. Hand-me-downs with plenty left."),
    Person("malik_j", "Malik Johnson", "Chicago", "Sneakers kept in boxes, jackets kept on hangers."),
    Person("paula_g", "Paula Gómez", "Montevideo", "I knit. Sometimes I sell it, mostly I regret it."),
    Person("emre_a", "Emre Aydın", "Berlin", "All black, except when not."),
    Person("holly_d", "Holly Davies", "Cardiff", "Tea, dogs, tweed. Everything here is dog-approved and lint-rolled."),
    Person("rina_s", "Rina Sato", "Osaka", "Bags and beauty. Expiry dates are always in the listing."),
    Person("jasper_q", "Jasper Quinn", "Auckland", "Outdoor gear with scars, priced for the scars."),
    Person("vera_l", "Vera Lukić", "Belgrade", "Pleated skirts are my whole personality."),
    Person("abena_o", "Abena Owusu", "Kumasi", "Bold prints and sharp blazers. I say what I would pay myself."),
    Person("noah_e", "Noah Evans", "Toronto", "Downsizing. Home things, headphones, a few good shirts."),
    Person("sofia_l", "Sofia Lindgren", "Helsinki", "Marimekko made me do it."),
    Person("mateo_c", "Mateo Castro", "Buenos Aires", "Leather jackets, boots, and a tie for every funeral and wedding."),
    Person("gwen_p", "Gwen Parry", "Swansea", "Retired teacher, very tidy wardrobe."),
]  # fmt: skip
