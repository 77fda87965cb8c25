// The consultation that is open: ground water in dry summers.
#include "app/demo_content.h"

namespace polder::app::demo {
namespace {

using enum i18n::Language;

constexpr std::string_view everybody = "public-anonymous", officials = "officials";

constexpr std::string_view law = R"(# Ground Water (Dry Summers) Act

Draft of the Ministry of Water and Land. It says who may pump how much ground water when rivers and wells run low.

## Chapter 1 What this act is about

### Article 1 Words

In this act:

- **shortage** means a time that a water authority has declared under Article 4;
- **small well** means a well that gives at most 10 cubic metres a day;
- **user** means whoever pumps ground water, for whatever purpose;
- **water authority** means the authority that looks after the ground water of a region.

### Article 2 Drinking water first

No use of ground water may endanger the supply of drinking water. Where uses compete, the supply of drinking water to
homes, hospitals and schools comes before every other.

### Article 3 Who needs a permit

1. Whoever pumps ground water needs a permit of the water authority.
2. A small well needs no permit. Its user reports it to the water authority once, with its place and its depth.
3. A permit says how much may be pumped in a day and in a year. It is given for ten years at most.

## Chapter 2 When water is short

### Article 4 Declaring a shortage

1. A water authority declares a shortage when the ground water in its region stands lower than in nine of the last ten
   years on the same day.
2. It tells every user at least three days before the limits of Article 5 begin, by letter or by e-mail, and publishes
   the measurements on which it relies.
3. A shortage ends when the ground water has stood above that mark for fourteen days.

### Article 5 The order in which use is cut back

During a shortage the water authority limits use in this order:

1. filling of private pools and watering of lawns;
2. watering of sports grounds and parks;
3. cooling and washing in industry, where other water can be had;
4. watering of crops that are not food;
5. watering of food crops.

A group is limited only after the one before it.

### Article 6 Hardship

The water authority may allow a user more than Article 5 leaves, where animals would suffer or a lasting crop such as an
orchard would die. It decides within two days.

### Article 7 Measuring

Whoever holds a permit measures what they pump with a sealed meter and reports the reading each month, and each week
during a shortage.

## Chapter 3 Paying and watching

### Article 8 The fee

1. For ground water under a permit a fee of 6 cents a cubic metre is paid. During a shortage it is 12 cents.
2. For a small well no fee is paid.
3. What the fee brings in is spent on keeping rain water in the region.

### Article 9 Open figures

The water authority publishes every week, for each region, how high the ground water stands, how much was pumped and by
which group of users. Figures of one household or one firm are not published.

### Article 10 Supervision

Whoever pumps without a permit, or more than it allows, pays a fine of at most 4,000 euros, and at most 40,000 euros
where a firm does so a second time within three years.

### Article 11 Beginning

This act begins on 1 April of the year after it is published. Permits that were given before remain valid for three
years.
)";

constexpr std::string_view note = R"(# Why this act

In five of the last eight summers the ground water in the sandy regions fell to the lowest marks since measuring began.
Wells of homes ran dry, brooks stopped, and on some days the waterworks had an hour’s supply left. The rules now in force
were written for wet years: they say who may pump, but not who stops first.

## What changes

- **An order that is known beforehand.** Everybody can read today where they stand when water is short.
- **A warning.** Nobody learns on the day itself that the tap is turned down.
- **Figures for all.** How high the water stands, and who pumps, is published every week.

## What it costs

A farm that waters 20 hectares of potatoes pays about 1,400 euros in an ordinary year. For a household with a well in the
garden nothing changes, except that it reports the well once.

## What we are not sure of

We do not know whether three days’ notice is enough for those who grow under glass, and whether the limit for small wells
is drawn in the right place. That is what we ask you.
)";

std::vector<Speaker> speakers() {
  return {
      {.name = "Anouk Vermeer",
       .on_behalf = "Growers' Cooperative Eastland",
       .says = {{.question = 1,
                 .words = "We grow tomatoes under glass, eleven families together. In a dry week a greenhouse drinks "
                          "four litres a square "
                          "metre a day. We can store water for two days, not for more: the basins take land that we do "
                          "not have."},
                {.question = 2,
                 .words = "Three days is too short for greenhouses: a tomato crop is lost in two. Make it seven, or "
                          "let us keep a tenth of "
                          "the permit as an emergency ration."},
                {.article = 4,
                 .quote = "at least three days before",
                 .words = "Seven days would let us fill the basins and harvest what is ripe. The forecasts are good "
                          "enough for that now."}}},
      {.name = "Thomas Keane",
       .says = {{.question = 1,
                 .words = "Our house has no mains water; we are four kilometres from the nearest pipe. The well is 34 "
                          "metres deep and feeds a "
                          "family of five. In August two years ago it ran dry for nine days and we fetched water in "
                          "milk cans. I am glad that "
                          "somebody finally says drinking water comes first, but Article 2 should name homes with "
                          "their own well."},
                {.article = 2,
                 .quote = "the supply of drinking water to homes",
                 .words = "Please add: also where a home draws its drinking water from a well of its own."}}},
      {.name = "Ingrid Solheim",
       .on_behalf = "Orchard Growers of the Ridge",
       .says = {{.question = 1,
                 .words = "Apple trees stand for thirty years. A summer without water costs not one harvest but five, "
                          "because the tree drops "
                          "next year's buds too."},
                {.article = 6,
                 .quote = "where animals would suffer or a lasting crop such as an orchard would die",
                 .words = "Thank you for naming orchards. Two days to decide is long in a heatwave, though. Let the "
                          "answer be yes when none "
                          "has come within 48 hours."}}},
      {.name = "Samira Okafor",
       .visibility = everybody,
       .says = {{.question = 1,
                 .words = "I rent a ground-floor flat and share a small garden with six neighbours. We water the "
                          "vegetables with a hand pump. "
                          "I read the whole draft and I think we are a small well, but the word household in the note "
                          "made me doubt it. Could "
                          "you say it in plain words: shared gardens too?"}}},
      {.name = "Peter Lindqvist",
       .on_behalf = "Stillwater Golf Club",
       .says =
           {{.question = 1,
             .words =
                 "Under Article 5 a golf course and a village football pitch are in the same group. We have already "
                 "moved to watering "
                 "greens only, a thirtieth of the course. Please cut back by litres and not by the name on the gate."},
            {.question = 2, .words = "Three days is fine for us."}}},
      {.name = "Leila Haddad",
       .says = {{.question = 1,
                 .words = "I teach at the primary school in Marsh End. Our pupils measured the brook behind the school "
                          "for three years: it was "
                          "dry on 61 days last year and on none in the first. What would change for us is that there "
                          "would be a brook."},
                {.article = 9,
                 .words = "Publish the figures in a form that a class can use: one table, one place, the same columns "
                          "every week."}}},
      {.name = "Gerrit Bouwman",
       .language = nl,
       .says = {{.question = 1,
                 .words = "Ik melk 90 koeien op zandgrond vlak over de grens van dit gebied. Een koe drinkt op een "
                          "hete dag 120 liter. Als het "
                          "gras niet beregend mag worden, koop ik voer, dat kan. Maar drinkwater voor het vee mag "
                          "nooit op slot. Zet dat in "
                          "artikel 5 en niet alleen bij de hardheid."},
                {.article = 5,
                 .words = "Drinkwater voor dieren hoort vóór alles in dit rijtje te staan, direct na de mensen."}}},
      {.name = "Maria Oliveira",
       .on_behalf = "Brewery workers' council, Old Mill",
       .says = {{.question = 1,
                 .words = "Half of what we pump is for washing bottles. With a loop we could do with a third less; the "
                          "firm says it pays back in "
                          "nine years at six cents and in four at twelve. So the fee works, if it is the same all year "
                          "and people can plan with it."},
                {.article = 8,
                 .quote = "During a shortage it is 12 cents",
                 .words = "Rather 9 cents always than 12 sometimes."}}},
      {.name = "Dr Henrik Aalto",
       .says = {{.question = 1,
                 .words = "As a hydrologist I looked at the mark in Article 4. Lower than in nine of the last ten "
                          "years sounds strict, but when all ten "
                          "were dry it is not: the yardstick sinks with the water. Compare with the thirty years "
                          "before 2010 instead, or name a level "
                          "for each gauge and keep it."},
                {.article = 4,
                 .quote = "lower than in nine of the last ten years",
                 .words = "Ten years is too short a memory for an aquifer that answers in decades."}}},
      {.name = "Rosalind Achterberg",
       .visibility = everybody,
       .says = {{.question = 1,
                 .words = "My well is 40 metres and waters one garden. Reporting it is all right. But please let it be "
                          "one page, and not a portal "
                          "that wants a code by telephone. I am 83."}}},
      {.name = "Karim Benali",
       .on_behalf = "Allotment Association South Dike",
       .says = {{.question = 1,
                 .words = "180 gardens, 14 pumps, each of them under 10 cubic metres a day. Together we are larger "
                          "than many a farm. We think it is "
                          "fair that we stop watering lawns first, and we have put it to a vote. Vegetables are food, "
                          "even when nobody sells them: "
                          "please say that group 5 is us as well."}}},
      {.name = "Sofia Marchetti",
       .visibility = officials,
       .says = {{.question = 1,
                 .words = "I work for one of the large users. The monthly reading is written down by hand and "
                          "corrected afterwards so that it fits the "
                          "permit. A sealed meter does not help if the reading is a number that somebody types. Ask "
                          "for the meter's own log."},
                {.article = 7, .words = "Meters that send their reading themselves cost about 300 euros."}}},
      {.name = "Jonathan Webb",
       .says = {{.question = 1,
                 .words = "None of this touches me directly; I live in a flat in town. I answer because I swim in the "
                          "lake at Heron's Rest, and it has "
                          "lost a metre and a half. I would pay a euro more for potatoes."}}},
      {.name = "Annelies de Graaf",
       .on_behalf = "Water Authority North Sands",
       .language = nl,
       .says = {{.question = 2,
                 .words = "Wij kunnen drie dagen halen, zeven ook, maar dan moeten we eerder afkondigen en dus vaker "
                          "ten onrechte. Reken op één loos "
                          "alarm per zomer. Vraag de gebruikers of zij dat liever hebben; wij denken van wel."},
                {.article = 3,
                 .quote = "reports it to the water authority once",
                 .words = "Wij schatten 40.000 kleine putten. Eén keer melden is goed, maar geef ons twee jaar om dat "
                          "zonder rijen te doen."}}},
      {.name = "Bram Castelein",
       .visibility = everybody,
       .language = nl,
       .says = {{.question = 1,
                 .words = "Ik boor putten voor mijn werk. Sinds er over een melding gesproken wordt, vraagt de helft "
                          "van mijn klanten of het nog "
                          "zonder kan. Maak het melden gratis en laat de boorder het doen, dan weet u ze allemaal."}}},
      {.name = "Wilhelmina Starck",
       .on_behalf = "Moorfreunde Grenzland",
       .language = de,
       .says = {{.question = 1,
                 .words =
                     "Das Moor, das wir pflegen, liegt zwei Kilometer neben drei Beregnungsbrunnen. In den letzten "
                     "vier Sommern ist der Torf "
                     "gerissen. Ein Moor kann keinen Antrag stellen: Die Natur fehlt in Artikel 5 als Nutzerin ganz."},
                {.article = 5,
                 .words = "Nehmen Sie Moore und Quellbäche als eigene Gruppe auf, die zuletzt eingeschränkt wird."}}},
      {.name = "Oskar Lehmann",
       .visibility = everybody,
       .language = de,
       .says = {{.question = 1,
                 .words = "Ich habe einen Pool, ja. Er fasst 30 Kubikmeter und wird einmal im Jahr gefüllt, im April. "
                          "Wer im April füllt, nimmt im "
                          "August niemandem etwas weg. Ein Verbot nur für die trockenen Monate wäre gerecht."}}},
      {.name = "Grace Mbeki",
       .on_behalf = "Hospital of the Three Rivers",
       .says = {{.question = 1,
                 .words = "We keep a well as a reserve and pump it for one hour a week so that it stays clean. Under "
                          "the draft we would need a permit, a "
                          "meter and a monthly letter for 52 hours a year. Please leave out wells that are kept for "
                          "emergencies."},
                {.article = 3,
                 .words = "A fourth paragraph: no permit for wells kept in reserve by hospitals and fire brigades."}}},
      {.name = "Edward Pryce",
       .says = {{.question = 1,
                 .words = "I farm 60 hectares of potatoes and onions on light soil. At six cents I pay 4,200 euros a "
                          "year, at twelve about 6,000 in a dry "
                          "one. I can carry that. What I cannot carry is being told on Thursday that I stop on Monday, "
                          "when the potatoes are three "
                          "weeks from harvest and the buyer has a contract with a fine in it."},
                {.question = 2,
                 .words =
                     "Ten days. Then I can choose which fields to give up, instead of losing all of them a bit."}}},
      {.name = "Yuki Tanaka",
       .visibility = everybody,
       .says = {{.article = 9,
                 .quote = "Figures of one household or one firm are not published",
                 .words = "In our valley there is one firm in the group industry. If you publish by group you publish "
                          "that firm. Either say so openly, or "
                          "join groups that have fewer than three users."}}},
      {.name = "Margaret O'Donnell",
       .on_behalf = "Parish Council of Lower Fen",
       .says = {{.question = 1,
                 .words = "The cricket field is the only green place in the village. We ask you to let a parish keep "
                          "one ground alive. Perhaps in return for "
                          "giving up the verges, which we gladly do."}}},
      {.name = "Piotr Nowak",
       .visibility = everybody,
       .says = {{.question = 1,
                 .words =
                     "I pick asparagus and strawberries, every season, with forty others. When watering stops the work "
                     "stops, and nobody pays us for the "
                     "weeks that fall away. The act thinks of crops and animals. Think of seasonal workers too."}}},
      {.name = "Charlotte Dubois",
       .says = {{.question = 1,
                 .words = "I run a laundry with nine people. We use ground water because the mains is too hard. Other "
                          "water can be had, as Article 5 says, but "
                          "at four times the price. What counts as can be had?"},
                {.article = 5,
                 .quote = "where other water can be had",
                 .words = "Say at what price. Otherwise every lawyer will."}}},
      {.name = "Ruben Castellanos",
       .visibility = officials,
       .says = {{.question = 1,
                 .words = "My neighbour has three pumps on one parcel, each just under ten cubic metres, and calls "
                          "them small wells. I would rather not have my "
                          "name under this. Count the parcel and not the pump."}}},
      {.name = "Fatima El Idrissi",
       .says = {{.question = 2,
                 .words = "By letter or by e-mail is not enough. My father farms and has neither the one in time nor "
                          "the other at all. A text message, please, "
                          "and a notice at the feed merchant's."}}},
      {.name = "William Ashdown",
       .says = {{.question = 1,
                 .words = "I have kept the rain gauge at the mill since 1974 and I am happy to give you all of it. The "
                          "summers are not drier than in 1976. There "
                          "are five times as many pumps. Please write that in the note, because people think it is "
                          "only the weather."}}},
      {.name = "Noor Jansen",
       .visibility = everybody,
       .says = {{.article = 10,
                 .words = "4,000 euros is nothing for a large farm and ruin for a small one. Take a share of what was "
                          "pumped: a euro for each cubic metre over "
                          "the permit hurts both alike."}}},
      {.name = "Sanne de Boer",
       .says = {{.question = 1,
                 .words = "We have a small nursery with garden plants, two people and a dog. Plants in pots die in a "
                          "day. We collect the rain of the roof, 80 "
                          "cubic metres, and that lasts until about mid-June. After that we need the well."},
                {.question = 2,
                 .words = "Three days would do if the message really comes three days before, also on a Saturday."},
                {.article = 8,
                 .quote = "What the fee brings in is spent on keeping rain water in the region",
                 .words =
                     "Good. Could a nursery get something from it for a larger basin? We would build it tomorrow."}}},
      {.name = "Daniel Whitlock",
       .on_behalf = "Anglers of the Upper Brook",
       .says = {{.question = 1,
                 .words = "We carried trout in buckets from the last pools last July, sixty of us, until two in the "
                          "morning. A shortage that ends after fourteen "
                          "days above the mark ends too soon for fish: give the brook a month."},
                {.article = 4, .quote = "for fourteen days", .words = "Thirty."}}},
      {.name = "Eleni Papadaki",
       .says = {{.question = 1,
                 .words = "I like that the order is written down. Last summer our street quarrelled for weeks about "
                          "who may water what, and nobody knew. A rule "
                          "that one can read on the fridge is worth a lot."}}},
  };
}

Pool pool() {
  return {
      .first_names = {"Alice",  "Bilal", "Clara", "David", "Emma",   "Farid", "Greta", "Hugo",  "Ines",
                      "Jakob",  "Katya", "Lars",  "Mina",  "Noah",   "Olga",  "Paul",  "Quinn", "Rosa",
                      "Stefan", "Tara",  "Umar",  "Vera",  "Willem", "Xenia", "Yusuf", "Zoe"},
      .last_names = {"Abbott",   "Bakker",   "Carver", "Demir",  "Ellis",  "Fischer", "Grant",   "Hofman", "Iversen",
                     "Jensen",   "Kowalski", "Larkin", "Mercer", "Novak",  "Osman",   "Petrova", "Quist",  "Romero",
                     "Schuster", "Turner",   "Ueda",   "Visser", "Wright", "Yilmaz",  "Zander"},
      .organisations = {"Village Council of Westmere", "Dairy Farmers of the Sands", "Friends of the Brook",
                        "Young Farmers' Club", "Tenants of Mill Lane", "Horticultural Society",
                        "Chamber of Small Firms", "Riding School Birchwood"},
      .who = {"We live at the edge of the village and have a well in the garden.",
              "I farm 25 hectares of grain and beet.", "I grow vegetables for a market stall.",
              "We keep forty goats and make cheese.", "I look after the sports field of our club.",
              "I am a gardener for a dozen families.", "We run a campsite by the lake.",
              "I rent a house in the new quarter.", "My parents have a dairy farm and I will take it over.",
              "I am on the board of a housing cooperative.", "We have a riding school with thirty horses.",
              "I grow flowers under glass.", "I work at the waterworks, but I write for myself.",
              "We are a family of six with a large vegetable garden.", "I have a car wash at the main road."},
      .sees = {"Last summer the pump drew air for the first time in forty years.",
               "The ditch behind our house has been dry since June.", "In the dry weeks the water came out brown.",
               "The oak at the church lost its leaves in July.", "We had to buy water by the tanker twice.",
               "So far we have never had to stop, but our neighbours have.",
               "The yield was a third lower than in other years.", "Nobody told us anything until the day itself.",
               "The level in our well fell by two metres in one season.",
               "We see the sprinklers on at noon, in full sun.",
               "The children can walk across the brook without getting wet.",
               "I read about it in the newspaper after it was over."},
      .wants = {{"Please give more notice than three days."},
                {"Please keep the order as it stands in Article 5; it is fair."},
                {"Please count food for one's own table as food."},
                {"Please let us collect rain water without a permit."},
                {"Please make the report of a well possible on paper."},
                {"Please limit watering at noon for everybody, in every summer."},
                {"Please use the fee for basins in our own region."},
                {"Please publish who pumps the most."},
                {"Please do not forget animals when you write about crops."},
                {"Please check the meters now and then without a letter beforehand."},
                {"Please leave small wells alone."},
                {"Please begin a year earlier; we have waited long enough."},
                {"Please say what happens when two regions share one aquifer."},
                {"Please think of those who cannot pay twice the fee."}},
      .second = {"Three days is enough for us.", "A week would be better.", "Five days, and not over a weekend.",
                 "It is enough if the message comes by text as well.",
                 "For a garden one day is enough; for a field it is not.",
                 "Ten days for those who live off it, three for everybody else."},
      .remarks = {{.article = 4, .quote = "at least three days before", .words = "Count working days."},
                  {.article = 5, .quote = "filling of private pools", .words = "Right that this comes first."},
                  {.article = 5, .words = "Where do horses stand in this list?"},
                  {.article = 3,
                   .quote = "ten years at most",
                   .words = "Ten years is long when the ground water changes within five."},
                  {.article = 8, .words = "Twice the price in a drought hits those who have no choice."},
                  {.article = 9, .words = "Every week is good. A map would be better than a table."},
                  {.article = 1,
                   .quote = "at most 10 cubic metres a day",
                   .words = "Ten is a lot for a garden. Five would do."},
                  {.article = 7, .words = "Who pays for the meter?"},
                  {.article = 6, .quote = "within two days", .words = "Two days can be too late for young plants."},
                  {.article = 11, .words = "Three more years for old permits means three more dry brooks."}}};
}

}  // namespace

const Consultation& ground_water() {
  static const Consultation c{.language = en,
                              .title = "Who may pump ground water in a dry summer?",
                              .summary =
                                  "The Ground Water Act changes how permits are given when rivers run low: who stops "
                                  "first, who is warned when, and what it "
                                  "costs. Tell us what it would mean for your home, farm or firm. We answer what you "
                                  "say before the bill goes to parliament.",
                              .can_change =
                                  "The order in which users are cut back, the notice given, the limit for small wells, "
                                  "exceptions, and the fee.",
                              .cannot_change =
                                  "That drinking water comes first, and that more is not pumped than the rain brings "
                                  "back. European law decides both.",
                              .file_name = "ground-water-act.md",
                              .law = law,
                              .note = note,
                              .questions = {"What would these rules change for your home, farm or firm?",
                                            "Is three days’ notice enough to prepare, and if not, what would be?"},
                              .speakers = speakers(),
                              .pool = pool()};
  return c;
}

}  // namespace polder::app::demo
