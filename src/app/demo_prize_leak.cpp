// The open challenge: leaks in old water mains, heard before they are seen. In Dutch. Nobody and nothing in it exists.
#include "app/demo_prize.h"

namespace polder::app::demo {

namespace json = boost::json;

json::object leak_statement(const Wall& wall) {
  using json::array;
  using json::object;
  return {
      {"title", "Lekken horen onder een stille straat"},
      {"summary",
       "Een manier om een beginnend lek in een oude gietijzeren waterleiding te vinden vanaf de straat, tot op een "
       "meter, voordat er water bovenkomt."},
      {"language", "nl"},
      {"kind", "reduction-to-practice"},
      {"mode", "ranked"},
      {"seeker", "Een drinkwaterbedrijf in het oosten van het land"},
      {"seeker-unnamed", true},
      {"problem",
       "Van elke honderd liter drinkwater die wij maken, komen er zes nooit aan. Het meeste verdwijnt door kleine "
       "lekken in gietijzeren leidingen van voor 1960: een haarscheur, een losse mof. Zo'n lek maakt geluid, maar "
       "onder een straat met verkeer en tien andere leidingen hoort niemand het. Na een jaar spoelt het zand weg, en "
       "dan zakt de straat in.\n\n"
       "Wij hebben 2.300 kilometer van die leidingen. Met een luisterstok doet een goede ploeg vierhonderd meter per "
       "nacht. Wij zoeken iets waarmee twee mensen per nacht drie kilometer straat kunnen onderzoeken, en dat zegt "
       "waar wij moeten graven."},
      {"background",
       "Wat wij al probeerden: microfoons op brandkranen (goed bij staal, doof bij gietijzer met pvc-reparaties), een "
       "proefgas (werkt, maar de leiding moet leeg), en satellietbeelden (vinden natte weilanden, geen natte straten). "
       "Van vier proefstraten zijn de geluiden van een heel jaar beschikbaar, met de plaats van elf lekken die later "
       "zijn opgegraven."},
      {"solution",
       "Een werkend toestel of een werkende methode, getoond op onze proefstraat: zes lekken die wij kennen en u niet. "
       "Van de straat af, zonder te graven en zonder de leiding af te sluiten."},
      {"no-solution",
       "Een toestel dat in de leiding moet. Een berekening uit verbruikscijfers alleen: die zegt dat er een lek is, "
       "niet waar. Een idee zonder meting."},
      {"criteria",
       array{object{{"words", "Vindt ten minste vier van de zes lekken op de proefstraat, tot op één meter"},
                    {"evidence", "De aangewezen plaatsen, vooraf in een gesloten lijst"}},
             object{{"words", "Wijst op de hele straat hoogstens twee plaatsen aan waar geen lek is"},
                    {"evidence", "Dezelfde lijst"}},
             object{{"words", "Twee mensen onderzoeken ten minste 300 meter straat in een uur"},
                    {"evidence", "De tijd van begin en einde, met een medewerker van ons erbij"}}}},
      {"rubric",
       array{object{{"name", "Vinden"},
                    {"weight", 5},
                    {"max", 10},
                    {"anchors", "0: vier van zes\n5: vijf van zes, of vier zonder één vals alarm\n10: zes van zes"}},
             object{{"name", "Snelheid"},
                    {"weight", 2},
                    {"max", 10},
                    {"anchors", "0: 300 meter per uur\n5: 600 meter\n10: een kilometer of meer"}},
             object{{"name", "Werken ermee"},
                    {"weight", 3},
                    {"max", 10},
                    {"anchors",
                     "0: alleen de uitvinder kan het\n5: na een week oefenen\n10: onze ploeg kan het na een avond"}}}},
      {"entry", array{object{{"label", "Hoe het werkt"}, {"at-most", 6'000}, {"judges-see", true}},
                      object{{"label", "Wat u hebt gemeten, waar, en hoe vaak u ernaast zat"},
                             {"help", "Ook wat niet lukte: wij lezen dat graag"},
                             {"at-most", 6'000},
                             {"judges-see", true}},
                      object{{"label", "Wat het kost om er tien van te maken"},
                             {"at-most", 1'500},
                             {"optional", true},
                             {"judges-see", true}},
                      object{{"label", "Wie u bent"}, {"at-most", 1'500}}}},
      {"prizes", array{object{{"name", "Eerste prijs"}, {"amount", "80000"}, {"given-for", "place"}},
                       object{{"name", "Tweede prijs"}, {"amount", "25000"}, {"given-for", "place"}},
                       object{{"name", "Voor een goed begin"}, {"amount", "15000"}, {"given-for", "partial"}}}},
      {"currency", "EUR"},
      {"minimum-age", 18},
      {"countries", "NL, BE, DE, LU, FR, DK"},
      {"entrants", array{}},
      {"staff-barred", true},
      {"rights", "non-exclusive"},
      {"rights-words",
       "Wie een prijs wint, laat alle drinkwaterbedrijven van het land de methode gebruiken, tegen een vergoeding die "
       "wij samen afspreken. Het toestel en alle andere rechten blijven van u."},
      {"agreement",
       "De geluiden van de proefstraten zijn alleen voor deze opgave. U zegt wat anderen bijdroegen. Op straat doet u "
       "wat onze ploeg zegt: er rijdt verkeer."},
      {"opens", wall(-38, 9)},
      {"questions-until", wall(16, 17)},
      {"merge-until", wall(16, 17)},
      {"closes", wall(24, 17)},
      {"objection-days", 14},
      {"follow-up-months", 12},
      {"team-size", 6},
      {"entries-a-team", 1},
      {"files", 10},
      {"file-megabytes", 500},
      {"readers", 3},
      {"rounds", 1},
      {"normalisation", "z-score"},
      {"ties", array{object{{"by", "criterion"}, {"criterion", 1}}, object{{"by", "lot"}}}}};
}

json::object leak_amended(const Wall& wall) {
  json::object out = leak_statement(wall);
  out["questions-until"] = wall(23, 17);
  out["merge-until"] = wall(23, 17);
  out["closes"] = wall(31, 17);
  out["prizes"] =
      json::array{json::object{{"name", "Eerste prijs"}, {"amount", "90000"}, {"given-for", "place"}},
                  json::object{{"name", "Tweede prijs"}, {"amount", "25000"}, {"given-for", "place"}},
                  json::object{{"name", "Voor een goed begin"}, {"amount", "15000"}, {"given-for", "partial"}}};
  return out;
}

std::string_view leak_why() {
  return "Door wegwerkzaamheden was de proefstraat tien dagen dicht. Iedereen krijgt er daarom een week bij, ook voor "
         "vragen en voor wie wil samengaan. Een tweede waterbedrijf doet mee: de eerste prijs is tienduizend euro "
         "hoger.";
}

const std::vector<LeakTeam>& leak_teams() {
  static const std::vector<LeakTeam> all{
      {.who = {.name = "Sanne de Boer",
               .team = "Natte stoep",
               .organisation = "",
               .entrant = "person",
               .country = "NL",
               .others = {"Wouter Elzinga"}},
       .words = {"Drie fietsbellen en een telefoon",
                 {"Een lek ruist het hardst tussen 400 en 900 hertz, en dat geluid komt langs de leiding sneller aan "
                  "dan door het zand. Wij zetten drie goedkope trillingsmeters een meter uit elkaar op de stoep en "
                  "luisteren naar het verschil in tijd. Na vier minuten weet de telefoon of het geluid van links of "
                  "van rechts komt.",
                  "In onze eigen straat, met een tuinslang met gaatjes als lek: twaalf van de vijftien keer binnen een "
                  "meter. Na een regenbui lukte het geen enkele keer.",
                  "Ongeveer 340 euro per stel.", "Twee buren. De een repareert fietsen, de ander geeft natuurkunde."}},
       .sealed = true},
      {.who = {.name = "Mehmet Aydın",
               .team = "Grondtoon",
               .organisation = "Grondtoon Akoestiek",
               .entrant = "company",
               .country = "NL"},
       .words =
           {"Een rij van zestien op een kar",
            {"Zestien trillingsmeters op een kar van vier meter, die elke tien meter een halve minuut stilstaat. Uit "
             "zestien geluiden rekenen wij terug waar ze vandaan komen, zoals een oor met zestien schelpen.",
             "Acht nachten op twee van de proefstraten: negen van elf bekende plaatsen, met drie valse.",
             "Nu 21.000 euro, bij tien stuks naar schatting 9.000.", "Vijf mensen die concertzalen stil maken."}},
       .sealed = true},
      {.who = {.name = "Annelies Wouters",
               .team = "Mof en Zoon",
               .organisation = "Wouters Rioolonderzoek",
               .entrant = "company",
               .country = "BE"},
       .words = {"Luisteren wanneer de druk verandert",
                 {"Een lek dat ruist klinkt als alles wat ruist. Maar verlaag de druk een kwartier lang met een halve "
                  "bar, en alleen het lek wordt zachter. Wij vergelijken twee opnamen van dezelfde plek.",
                  "Nog niet op uw straat. Bij ons: zeven van de acht.", "", "Een familiebedrijf met drie wagens."}},
       .sealed = false},
      {.who = {.name = "Lars Nygaard",
               .team = "Kold jord",
               .organisation = "Nygaard Termografi",
               .entrant = "company",
               .country = "DK"},
       .words = {"Warmte van stromend water",
                 {"Water uit een lek is in de winter warmer dan de grond. Met een warmtecamera op twee meter hoogte, "
                  "in de koudste uren, zie je een vlek van een tiende graad.",
                  "Zes nachten vorst in Aarhus: vijf van negen lekken. Zonder vorst niets.",
                  "Een camera van 6.000 euro.", "Wij zoeken koudebruggen in huizen."}},
       .sealed = true},
      {.who = {.name = "Clémence Petit",
               .team = "Sourcier",
               .organisation = "Laboratoire des Sols Vivants",
               .entrant = "university",
               .country = "FR",
               .others = {"Yanis Belkacem", "Odile Grandjean"}},
       .words = {"Wat de grond aan stroom doorlaat",
                 {"Natte grond geleidt stroom beter dan droge. Twee pennen tussen de stoeptegels, elke vijf meter, en "
                  "herhalen na een week: wat verandert zonder regen is een lek.",
                  "Eén straat in Rennes, drie maanden.", "", "Bodemkundigen."}},
       .sealed = false},
      {.who = {.name = "Gerrit Oldenhof",
               .team = "Luisterstok 2.0",
               .organisation = "",
               .entrant = "person",
               .country = "NL"},
       .words = {"De stok die onthoudt", {"", "", "", ""}},
       .sealed = false},
  };
  return all;
}

const std::vector<Question>& leak_questions() {
  static const std::vector<Question> all{
      {"Grondtoon", "Mogen wij op de proefstraat ook overdag meten, of alleen 's nachts?",
       "Allebei. Overdag is er altijd iemand van ons bij, omdat u dan een rijstrook nodig hebt. Vraag het drie dagen "
       "tevoren aan."},
      {"Natte stoep", "Telt een lek als gevonden wanneer wij 1,2 meter ernaast zitten, maar wel boven de goede mof?",
       "Nee: een meter is een meter, want zo breed is onze sleuf. Wij meten vanaf het midden van het lek."},
      {"Sourcier", "Zijn de pvc-reparaties in de proefstraat bekend, en krijgen wij die kaart?",
       "Ja. De kaart staat vanaf nu bij de geluiden, voor iedereen, met de diepte van de leiding erbij."},
      {"Kold jord", "Wat als het niet vriest voordat de opgave sluit?",
       "Dan zegt uw inzending dat, en telt wat u hebt gemeten. Wij verzetten de sluiting niet voor het weer."},
      {"Mof en Zoon", "Mogen wij de druk op de proefstraat een kwartier verlagen? Dat kan alleen met uw afsluiters.",
       ""},
  };
  return all;
}

}  // namespace polder::app::demo
