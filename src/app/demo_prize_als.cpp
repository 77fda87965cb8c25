// The finished challenge: a marker for the course of ALS, 2006 to 2011, retold. In English. What is documented: that a
// non-profit for ALS research put up to a million dollars on a company's marketplace in November 2006; five thought
// prizes in May 2007, three to the United States and two to Europe, a dermatologist and a plant scientist among them; a
// deadline on 6 November 2008 that nobody met in full; two progress awards in April 2009; the new call of 15 May 2009
// for the first entry that meets everything; the award of 3 February 2011 for electrical impedance myography. All
// teams, people, words and marks here are invented.
#include "app/demo_prize.h"

namespace polder::app::demo {

namespace json = boost::json;

json::object als_statement() {
  using json::array;
  using json::object;
  return {
      {"title", "A marker for the course of ALS"},
      {"summary",
       "A million dollars for a measure that shows, sooner and more surely than muscle strength does, how fast "
       "amyotrophic lateral sclerosis advances, so that a trial of a new drug needs half as many people."},
      {"language", "en"},
      {"kind", "reduction-to-practice"},
      {"mode", "ranked"},
      {"seeker", "A foundation for ALS research"},
      {"seeker-unnamed", false},
      {"problem",
       "ALS takes the nerve cells that move muscles, one after the other. People with it lose their hands, their voice "
       "and their breath, most of them within a few years, and no drug so far does more than delay that by months.\n\n"
       "One reason is how drugs are tried. Whether one works is read from muscle strength, from a questionnaire or "
       "from how long people live. These differ so much from person to person and from day to day that a trial needs "
       "hundreds of people and more than a year before it can say anything. Few companies begin one, and nobody can "
       "try ten ideas at once.\n\n"
       "We look for a measure that follows the disease in one person: sensitive enough to show a change within months, "
       "the same in every hospital, and cheap enough to be repeated every few weeks."},
      {"background",
       "This challenge retells a story that happened. In May 2006 a conference on ALS named the obstacles to a "
       "therapy, and in November the non-profit Prize4Life put up to a million dollars on the marketplace of the "
       "company InnoCentive for taking away one of them. Dates, sums and the method that won are the documented ones. "
       "The company, the foundation's people, the teams, their entries, the judges and the marks are invented for this "
       "demonstration, and nothing said by them was said by anybody. The sum of each progress award is as it is "
       "remembered, not as it is written down."},
      {"solution",
       "A measure with the evidence that it works: what is measured and how, in whom it was measured and how often, "
       "how it changes with the disease, and a calculation of how many people a trial needs when it is used.\n\n"
       "In the first stage an idea is enough: say what you would measure and why it should follow the disease. In the "
       "second you show it."},
      {"no-solution",
       "A test that only tells whether somebody has ALS. A marker that is known to differ between groups of people but "
       "was never followed in one. A drug."},
      {"criteria", array{object{{"words", "It follows the disease in the same person over at least six months"},
                                {"evidence", "Repeated measurements of at least twenty people, with dates"}},
                         object{{"words", "A trial that uses it needs at most half as many people"},
                                {"evidence", "A calculation of sample sizes beside that for the usual strength score"}},
                         object{{"words", "It repeats in a second place, with other people and other hands"},
                                {"evidence", "The same numbers from a hospital that did not develop it"}}}},
      {"rubric", array{object{{"name", "Sensitivity"},
                              {"weight", 4},
                              {"max", 10},
                              {"anchors",
                               "0: no change to be expected within a year\n"
                               "5: a change within a year, in most people\n"
                               "10: a change within three months, in nearly everybody"}},
                       object{{"name", "Evidence"},
                              {"weight", 3},
                              {"max", 10},
                              {"anchors",
                               "0: an opinion\n"
                               "5: reasoning from what is published, or a few people\n"
                               "10: many people, followed, with all data"}},
                       object{{"name", "Use in a trial"},
                              {"weight", 3},
                              {"max", 10},
                              {"anchors",
                               "0: one laboratory in the world can do it\n"
                               "5: with training, in a university hospital\n"
                               "10: in any ward, in minutes, without pain"}}}},
      {"entry", array{object{{"label", "What you measure, and why it follows the disease"},
                             {"at-most", 6'000},
                             {"judges-see", true}},
                      object{{"label", "What you have shown, or how you would show it"},
                             {"help", "In the first stage a plan; later the data themselves"},
                             {"at-most", 8'000},
                             {"judges-see", true}},
                      object{{"label", "Who you are, and how far your field is from this one"}, {"at-most", 1'500}}}},
      {"prizes", array{object{{"name", "The prize for the marker"}, {"amount", "1000000"}, {"given-for", "place"}},
                       object{{"name", "Thought prizes, five of 15,000"}, {"amount", "75000"}, {"given-for", "stage"}},
                       object{{"name", "Progress awards"}, {"amount", "100000"}, {"given-for", "partial"}}}},
      {"currency", "USD"},
      {"minimum-age", 18},
      {"entrants", array{}},
      {"staff-barred", true},
      {"rights", "winners-only"},
      {"rights-words",
       "Ideas stay with those who had them. Whoever takes the prize for the marker lets every trial of an ALS drug use "
       "it, without a fee, and keeps all other rights."},
      {"agreement",
       "What you send in is yours to give, and you name what others contributed. Data of patients are yours to share, "
       "with their consent, and name nobody. You keep to yourself what you read here until the award."},
      {"opens", "2006-11-15T09:00"},
      {"closes", "2007-04-13T18:00"},
      {"objection-days", 7},
      {"follow-up-months", 12},
      {"team-size", 5},
      {"entries-a-team", 1},
      {"files", 5},
      {"file-megabytes", 200},
      {"readers", 2},
      {"rounds", 1},
      {"normalisation", "none"},
      {"ties", array{object{{"by", "criterion"}, {"criterion", 1}}, object{{"by", "earlier"}}}}};
}

const std::vector<AlsTeam>& als_teams() {
  static const std::vector<AlsTeam> all{
      {.who = {.name = "Dana Whitlock", .team = "Skin first", .organisation = "", .entrant = "person", .country = "US"},
       .idea =
           {"How fast skin springs back",
            {"Skin in ALS is said to age oddly: bedsores are rare, and under the microscope its fibres are thinner. A "
             "cup the size of a coin pulls at the skin for a second, and a camera measures how fast it springs back. I "
             "expect the curve to flatten month by month, long before an arm can no longer be lifted.",
             "Thirty people with ALS and thirty without, measured at the forearm every month for a year. The device "
             "exists: it is sold to makers of skin cream.",
             "A dermatologist in private practice. I have seen four people with ALS in my life, which is as far from "
             "the field as one can be."}},
       .data = {},
       .proof = {},
       .idea_worth = 74,
       .data_worth = 30,
       .proof_worth = 0,
       .thought_prize = "A field nobody here looked at, a device that exists, and a test that could begin tomorrow.",
       .progress = ""},
      {.who = {.name = "Katrin Vollmer",
               .team = "Leaf clock",
               .organisation = "Institute for Crop Stress",
               .entrant = "university",
               .country = "DE"},
       .idea =
           {"What plants show before they wilt",
            {"A leaf under stress changes how it gives back light days before anything can be seen. Cells that die "
             "slowly change their chemistry in an order, like a clock. We look for the same order in blood: not one "
             "substance, but the sequence in which thirty of them leave their usual range. Where somebody stands in "
             "the sequence is the measure.",
             "We have the statistics, from seven summers of maize. We would need stored blood of fifty people, drawn "
             "three times or more, which several hospitals have in their freezers.",
             "Plant scientists. None of us had heard of a motor neuron before your call."}},
       .data = {},
       .proof = {},
       .idea_worth = 78,
       .data_worth = 34,
       .proof_worth = 0,
       .thought_prize = "An order of events instead of a single substance: a way of looking that travels well.",
       .progress = ""},
      {.who = {.name = "Marcus Tell",
               .team = "Slow voice",
               .organisation = "Tell and Daughters Speech Software",
               .entrant = "company",
               .country = "US"},
       .idea =
           {"Three sentences over the telephone",
            {"Speech needs a hundred muscles to meet within hundredths of a second. When nerves go, pauses grow and "
             "vowels move towards each other. Three sentences read aloud over an ordinary telephone, every week, give "
             "a number for both.",
             "We would call sixty people every Monday for a year. They would not have to leave their beds.",
             "We make software for call centres."}},
       .data = {"Three sentences, a year later",
                {"Pauses and vowels of three sentences, from a telephone. In those whose speech is affected the number "
                 "moves every month; in the others it does not move at all for a long time.",
                 "Forty-one people, 1,900 calls, in one city. Where speech is affected, a trial would need 45 of a "
                 "hundred people; over everybody, 88. No second place yet.",
                 "We make software for call centres, and have learned a great deal."}},
       .proof = {},
       .idea_worth = 76,
       .data_worth = 61,
       .proof_worth = 0,
       .thought_prize =
           "Measured at home, as often as one likes. Whether it serves those who still speak well is open.",
       .progress = ""},
      {.who = {.name = "Ruth Abrams",
               .team = "Counting units",
               .organisation = "Lakeside Clinic",
               .entrant = "nonprofit",
               .country = "US",
               .others = {"Joel Pruitt"}},
       .idea = {"Counting what is left",
                {"A muscle is driven by some hundreds of nerve cells. A small current at the wrist, raised in small "
                 "steps, calls them in one by one, and the answer grows in steps that can be counted. The count is the "
                 "disease itself.",
                 "Counting takes an hour and a patient hand today. We propose a method of ten minutes, and to count "
                 "twenty people every two months.",
                 "Two technicians who measure nerves every working day."}},
       .data = {"Counting units in ten minutes",
                {"The count of working nerve cells to one muscle of the thumb, from one rising current instead of many "
                 "single ones. It falls steadily, also while strength still stands.",
                 "Twenty-six people over ten months. The count halves in five to seven months where strength loses a "
                 "fifth. A trial would need 46 of a hundred people. One clinic, two pairs of hands.",
                 "Two technicians who measure nerves every working day."}},
       .proof = {"Counting units in two clinics",
                 {"The count of working nerve cells to one muscle of the thumb, now with the steps found by a program.",
                  "Fifty-eight people in two clinics. At home the count repeats within eight of a hundred; in the "
                  "second clinic within twenty-six. A trial over both would need 63 of a hundred people.",
                  "Two technicians, and a program that one of us wrote."}},
       .idea_worth = 82,
       .data_worth = 79,
       .proof_worth = 71,
       .thought_prize = "The most direct measure of all that were proposed, if it can be made quick.",
       .progress = "It follows people and would halve a trial; only the second place is missing."},
      {.who = {.name = "Jasper Hoekstra",
               .team = "Two clocks",
               .organisation = "Northern Protein Laboratory",
               .entrant = "university",
               .country = "NL",
               .others = {"Mila Brandsma"}},
       .idea =
           {"The ratio of two broken strings",
            {"When a nerve cell dies, the strings that gave it its form float into the fluid around the spine: a "
             "long and a short one. The long one is a matter of how many cells die now, the short one of how many have "
             "died. Their ratio is a speed.",
             "Stored fluid of thirty people, taken twice. Then the same in blood, which is a thousand times thinner.",
             "Protein chemists. We measure milk for dairies."}},
       .data =
           {"Two clocks of a dying cell",
            {"The ratio of a long and a short protein in the fluid around the spine. A high ratio at the beginning "
             "foretells who will lose most within a year.",
             "Thirty-four people, two to four samples each, in one hospital; the ratio rises before strength falls. A "
             "trial that admits by it would need 52 of a hundred people.",
             "Protein chemists. We measure milk for dairies."}},
       .proof = {"Two clocks, in blood",
                 {"The same ratio, now from a vein, with a more sensitive test of our own.",
                  "Seventy people in two hospitals, four samples each. It foretells, and it repeats, but in one person "
                  "it changes little from month to month: a trial would need 81 of a hundred people.",
                  "Protein chemists."}},
       .idea_worth = 80,
       .data_worth = 75,
       .proof_worth = 60,
       .thought_prize = "A speed instead of a state, and a test that laboratories can learn.",
       .progress =
           "Who advances fast can be told at the beginning: of use to every trial, though not the whole prize."},
      {.who = {.name = "Helen Marsh",
               .team = "Breath by breath",
               .organisation = "Marsh Instruments",
               .entrant = "company",
               .country = "GB"},
       .idea = {"A sniff, forty times",
                {"The muscle of breathing fails last and decides most. A short sniff through one nostril gives its "
                 "strength in a second. Forty sniffs give how soon it tires, which should fall first.",
                 "Fifty people, at home, with a mouthpiece that sends its numbers by telephone.",
                 "We build meters for divers."}},
       .data = {"Forty sniffs, with numbers",
                {"How soon the breathing muscle tires, from forty sniffs in two minutes.",
                 "Eighteen people for seven months. It falls before the strength of a single sniff falls. It also "
                 "falls with every cold. A trial would need 70 of a hundred people.",
                 "We build meters for divers."}},
       .proof = {},
       .idea_worth = 66,
       .data_worth = 55,
       .proof_worth = 0,
       .thought_prize = "",
       .progress = ""},
      {.who = {.name = "Pedro Alvim",
               .team = "Iron in the picture",
               .organisation = "Centre for Imaging, Porto Novo",
               .entrant = "university",
               .country = "PT"},
       .idea = {"Iron along the motor strip",
                {"In pictures from a strong magnet the strip of the brain that moves the body is darker in ALS, from "
                 "iron in the cells that clear away dead ones. How dark, and how wide, should follow the disease.",
                 "Twenty people, three pictures each, half a year apart.", "Physicists."}},
       .data = {"Iron along the motor strip, followed",
                {"The darkness of one strip of the brain in a picture that takes eleven minutes.",
                 "Fifteen people with two pictures each, nine with three. It darkens in eleven of fifteen. Lying flat "
                 "for eleven minutes becomes impossible for many. A trial would need 74 of a hundred people.",
                 "Physicists."}},
       .proof = {},
       .idea_worth = 63,
       .data_worth = 52,
       .proof_worth = 0,
       .thought_prize = "",
       .progress = ""},
      {.who = {.name = "Lotte Faber", .team = "Grip diary", .organisation = "", .entrant = "person", .country = "BE"},
       .idea = {"A diary of buttons and jars",
                {"My father wrote down every evening which button he could close and which jar he could open. After a "
                 "year it was a straight line. Fifty small tasks, ticked every evening, are a measure that nobody has "
                 "to travel for.",
                 "Ask the patients' associations of three countries: hundreds would begin next week.",
                 "A daughter. I keep the books of a bakery."}},
       .data = {},
       .proof = {},
       .idea_worth = 58,
       .data_worth = 0,
       .proof_worth = 0,
       .thought_prize = "",
       .progress = "",
       .leaves = true},
      {.who = {.name = "Sunil Rao",
               .team = "Saliva panel",
               .organisation = "Rao Diagnostics",
               .entrant = "company",
               .country = "IN"},
       .idea = {"Twelve substances in saliva",
                {"Saliva is made by nerves too. Twelve substances in it should shift as these fail, and anybody can "
                 "spit into a tube.",
                 "A hundred people, once, to choose the twelve; then the same people again.",
                 "We make tests for dentists."}},
       .data = {},
       .proof = {},
       .idea_worth = 47,
       .data_worth = 0,
       .proof_worth = 0,
       .thought_prize = "",
       .progress = "",
       .leaves = true},
      {.who = {.name = "Aiko Tanabe",
               .team = "Thumb video",
               .organisation = "Tanabe Motion",
               .entrant = "company",
               .country = "JP"},
       .idea = {"A thumb, filmed for ten seconds",
                {"Tap your thumb and finger as fast as you can for ten seconds, in front of any camera. Speed, width "
                 "and how both fade are read from the film.",
                 "Thirty people, filmed every week by those who live with them.", "We film golfers."}},
       .data = {},
       .proof = {},
       .idea_worth = 61,
       .data_worth = 0,
       .proof_worth = 0,
       .thought_prize = "",
       .progress = "",
       .leaves = true},
      {.who = {.name = "Frank Osei", .team = "Cold hands", .organisation = "", .entrant = "person", .country = "US"},
       .idea = {"How a cold hand warms again",
                {"Dip a hand into cold water for a minute and watch with a heat camera how it warms again. Muscle that "
                 "is wasted warms late and in patches.",
                 "I would measure the people of two support groups through a winter.",
                 "I inspect the insulation of houses."}},
       .data = {},
       .proof = {},
       .idea_worth = 44,
       .data_worth = 0,
       .proof_worth = 0,
       .thought_prize = "",
       .progress = "",
       .leaves = true},
      {.who = {.name = "Ellis Marrow",
               .team = "Current through muscle",
               .organisation = "Harbour Hospital",
               .entrant = "nonprofit",
               .country = "US",
               .others = {"Noor Keating"}},
       .idea = {},
       .data = {},
       .proof =
           {"Electrical impedance myography",
            {"A weak current of high frequency, too small to be felt, is sent through the skin and the muscle below "
             "it, and two electrodes between read how much it is held back and how late it arrives. A healthy muscle "
             "is full of long, intact cells that hold charge like small batteries. As they shrink and are replaced by "
             "fat and scar, the current passes differently, and more of it arrives without delay. The angle between "
             "what is sent and what arrives is the measure. It needs no needle, no effort of the patient and two "
             "minutes a muscle.",
             "Sixty people in two hospitals, measured every one to three months, beside strength and the usual score. "
             "The angle of the arm and the leg that change fastest falls steadily in nearly everybody. It falls with "
             "less scatter than any other number we took: a trial that is judged by it needs fewer than half as many "
             "people for the same certainty, and is expected to cost half. The second hospital, with its own staff, "
             "found the same slope.",
             "We measure how currents pass through tissue, in all kinds of diseases."}},
       .idea_worth = 0,
       .data_worth = 0,
       .proof_worth = 91,
       .thought_prize = "",
       .progress = ""},
  };
  return all;
}

const std::vector<Seat>& als_panel() {
  static const std::vector<Seat> all{
      {"Oliver Stanhope", "o.stanhope@demo.example", "St Aldhelm's Hospital", "nerve, muscle, trial", 12, 0},
      {"Grace Nakamura", "g.nakamura@demo.example", "Pacific Statistics Group", "sample sizes, calculation", 12, 6},
      {"Louis Ferrand", "l.ferrand@demo.example", "Clinique du Port", "blood, protein, fluid", 12, -4},
      {"Teresa Quill", "t.quill@demo.example", "Association of ALS Families", "patients, home, breath", 12, -6},
      {"Abel Jonker", "a.jonker@demo.example", "Northern Protein Laboratory", "protein, devices, current", 12, 3},
  };
  return all;
}

const Remarks& als_remarks() {
  static const Remarks all{
      .good =
          {"Clear, and it can be checked. Show the numbers of every single person, not only the mean.",
           "This follows the disease and not the day. Say how much two hands differ on the same arm.",
           "The calculation holds when I do it again. Print it beside the one for strength.",
           "I would use this in a trial tomorrow, beside the usual score. Describe it so that a ward can do it alone."},
      .middling = {"It moves, but it moves with other things as well. What does a cold do to it? A bad night?",
                   "Good in some people, silent in others. Say beforehand in whom you expect it to work.",
                   "The scatter between visits is as large as the change. More visits could help, fewer tasks too.",
                   "Well thought. How would a ward with two nurses and no engineer do it?"},
      .weak = {"A difference between groups is not a course. Follow one person.",
               "I believe you, but I cannot check you: there are no data, and the plan does not say how many people.",
               "By the time this changes, everybody sees it without a device."},
      .to_panel = {"I marked the evidence low although I like the idea: it is an idea.",
                   "Compare with the other entry that works at home.",
                   "I know the device, not the people. No interest."}};
  return all;
}

const std::vector<Question>& als_questions() {
  static const std::vector<Question> all{
      {"Skin first", "May one who has never treated a person with ALS enter?",
       "Yes. We hope that somebody does whose field is far away: what is near has been tried."},
      {"Leaf clock", "Can the foundation help with stored blood?",
       "Three hospitals will give samples to whoever has a plan that their boards accept. Write to us and we bring you "
       "together. The same offer stands for everybody."},
      {"Slow voice", "Is a measure that works for only some people with ALS a solution?",
       "If you can say beforehand for whom, it may be. The calculation of sample sizes must then be for a trial that "
       "admits only them."}};
  return all;
}

std::vector<Found> als_found(std::string_view team, int stage) {
  if (stage == 1)
    return {{false, "A plan: nobody has been followed yet."},
            {false, "No calculation can be made without data."},
            {false, "Not in this stage."}};
  if (team == "Current through muscle")
    return {{true, "Sixty people, one to three months apart, for a year; table 2."},
            {true, "Fewer than half for the same certainty; the calculation was repeated and agrees."},
            {true, "The second hospital's own staff, other people, the same slope."}};
  if (team == "Counting units" && stage == 2)
    return {{true, "Twenty-six people over ten months, with dates."},
            {true, "46 of a hundred; the calculation is complete."},
            {false, "One clinic, the two who developed it."}};
  if (team == "Counting units")
    return {{true, "Fifty-eight people, two clinics, with dates."},
            {false, "63 of a hundred over both clinics."},
            {false, "In the second clinic the numbers scatter three times as much."}};
  if (team == "Two clocks" && stage == 2)
    return {{true, "Thirty-four people, two to four samples each."},
            {false, "52 of a hundred: close, and not there."},
            {false, "One hospital."}};
  if (team == "Two clocks")
    return {{true, "Seventy people, four samples each."},
            {false, "81 of a hundred people."},
            {true, "Two hospitals with the same numbers."}};
  if (stage == 2 && (team == "Slow voice" || team == "Breath by breath" || team == "Iron in the picture"))
    return {{team == "Slow voice", "Followed, with dates; for how many people and how long is in the entry."},
            {false, "More than half as many people would be needed."},
            {false, "One place."}};
  return {{false, "Still the idea of the first stage."}, {false, "No data."}, {false, "No data."}};
}

const AlsSays& als_says() {
  static const AlsSays all{
      .reopened_first =
          "The second stage begins: five ideas have won a thought prize, and now a marker is to be shown. Entries may "
          "be replaced and new teams may come in until 6 November 2008.",
      .reopened_second =
          "Nobody met every criterion by the deadline, and two teams came so close that we go on. From now on the "
          "first entry that meets everything takes the prize, whenever it comes.",
      .winner_check =
          "Identity, sole authorship and consent of the patients were checked; the calculation was repeated by a "
          "statistician who is not on the panel. The documented award of 3 February 2011 went to Seward Rutkove for "
          "this method; the team that stands for it here is invented.",
      .first_milestone = "The right to use the measure in every trial of an ALS drug is signed",
      .second_milestone = "The full data and the description of the device are handed over",
      .first_accepted = "Signed by the hospital and by us; the licence asks no fee for trials.",
      .second_accepted = "Data of both hospitals, drawings and software have arrived, and another ward has used them.",
      .follow_up =
          "Documented is that the award of 3 February 2011 went to Seward Rutkove, for electrical impedance myography, "
          "and that the cost of a trial was expected to halve. The team that stands for it here is invented, and so is "
          "the rest of this report: a year later the measure is a second score in the first trials, and the device is "
          "being built in a small series.",
      .payee = "Harbour Hospital"};
  return all;
}

}  // namespace polder::app::demo
