// The challenge in judging: classrooms that stay cool without machines, with forty entries and nine judges. In German.
// Nobody and nothing in it exists.
#include "app/demo_prize.h"

namespace polder::app::demo {

namespace json = boost::json;

json::object heat_statement(const Wall& wall) {
  using json::array;
  using json::object;
  return {
      {"title", "Kühle Klassenzimmer ohne Klimaanlage"},
      {"summary",
       "Ideen, mit denen ein Klassenzimmer aus den sechziger Jahren auch im Juli unter 26 Grad bleibt: für wenig Geld, "
       "in einem Sommer eingebaut, ohne Kältemittel."},
      {"language", "de"},
      {"kind", "ideation"},
      {"mode", "ranked"},
      {"seeker", "Schulverband Mittleres Tal"},
      {"seeker-unnamed", false},
      {"problem",
       "Uns gehören 31 Schulen, die meisten gebaut zwischen 1958 und 1974: viel Glas nach Süden, dünne Dächer, "
       "Fenster, die nur kippen. An 34 Tagen im letzten Sommer war es um elf Uhr wärmer als 28 Grad. Dann ist "
       "Unterricht nicht mehr als Anwesenheit.\n\n"
       "Klimaanlagen kosten je Zimmer 9.000 Euro und danach jedes Jahr Strom, und sie heizen den Schulhof. Neue "
       "Fenster für alle 620 Klassenzimmer können wir in zwölf Jahren bezahlen. So lange wollen wir nicht warten."},
      {"background",
       "Gemessen wurde in acht Zimmern, alle zehn Minuten, zwei Sommer lang; die Tabelle steht allen offen. Morgens um "
       "sieben hat es im Zimmer meist noch 25 Grad, auch wenn es draußen 16 sind: Nachts bleibt alles zu, wegen des "
       "Regens und der Versicherung."},
      {"solution",
       "Ein Konzept auf höchstens vier Seiten: was getan wird, wie viel Grad es bringt und woher Sie das wissen, was "
       "es kostet, und was der Hausmeister jeden Tag damit zu tun hat. Eine Messung ist willkommen, aber nicht nötig."},
      {"no-solution", "Hitzefrei. Geräte mit Kältemittel, auch tragbare. Was erst beim Neubau geht."},
      {"criteria",
       array{object{{"words", "Kostet je Klassenzimmer höchstens 3.000 Euro"},
                    {"evidence", "Eine Rechnung mit Material und Arbeit"}},
             object{{"words", "Ist in sechs Wochen Sommerferien eingebaut"}, {"evidence", "Ein Ablauf in Wochen"}},
             object{{"words", "Braucht kein Kältemittel"}, {"evidence", "Die Beschreibung"}}}},
      {"rubric",
       array{
           object{{"name", "Wirkung"},
                  {"weight", 4},
                  {"max", 10},
                  {"anchors", "0: keine spürbare\n5: zwei Grad an einem heißen Tag\n10: vier Grad und mehr, belegt"}},
           object{{"name", "Machbar"},
                  {"weight", 3},
                  {"max", 10},
                  {"anchors",
                   "0: für eine Schule, mit Glück\n5: für die Hälfte der Schulen\n10: für alle, mit Leuten von hier"}},
           object{{"name", "Alltag"},
                  {"weight", 2},
                  {"max", 10},
                  {"anchors", "0: jeden Tag eine Stunde Arbeit\n5: ein Handgriff am Morgen\n10: merkt niemand"}},
           object{{"name", "Neu"},
                  {"weight", 1},
                  {"max", 10},
                  {"anchors", "0: steht in jedem Ratgeber\n5: neu zusammengestellt\n10: haben wir noch nie gehört"}}}},
      {"entry",
       array{object{{"label", "Die Idee"}, {"at-most", 6'000}, {"judges-see", true}},
             object{{"label", "Was sie bringt, und woher Sie das wissen"}, {"at-most", 4'000}, {"judges-see", true}},
             object{{"label", "Was sie kostet"}, {"at-most", 2'000}, {"judges-see", true}},
             object{{"label", "Wer Sie sind"}, {"at-most", 1'000}}}},
      {"prizes",
       array{object{{"name", "Erster Preis"}, {"amount", "30000"}, {"given-for", "place"}},
             object{{"name", "Zweiter Preis"}, {"amount", "15000"}, {"given-for", "place"}},
             object{{"name", "Dritter Preis"}, {"amount", "10000"}, {"given-for", "place"}},
             object{{"name", "Für eine Idee, die weiterverfolgt wird"}, {"amount", "5000"}, {"given-for", "partial"}}}},
      {"currency", "EUR"},
      {"entrants", array{}},
      {"staff-barred", true},
      {"rights", "non-exclusive"},
      {"rights-words",
       "Der Schulverband darf jede Idee, die einen Preis erhält, in seinen Schulen umsetzen und darüber berichten. "
       "Alle anderen Rechte bleiben bei Ihnen."},
      {"agreement",
       "Was Sie einreichen, dürfen Sie weitergeben, und Sie nennen, wer mitgedacht hat. Die Messwerte der Schulen "
       "verwenden Sie nur für diese Aufgabe."},
      {"opens", wall(-96, 9)},
      {"questions-until", wall(-54, 17)},
      {"merge-until", wall(-54, 17)},
      {"closes", wall(-40, 17)},
      {"judged-by", wall(20, 17).substr(0, 10)},
      {"objection-days", 10},
      {"follow-up-months", 12},
      {"team-size", 8},
      {"entries-a-team", 1},
      {"files", 3},
      {"file-megabytes", 50},
      {"readers", 3},
      {"rounds", 1},
      {"normalisation", "z-score"},
      {"ties",
       array{object{{"by", "criterion"}, {"criterion", 1}}, object{{"by", "earlier"}}, object{{"by", "share"}}}}};
}

const std::vector<HeatEntry>& heat_entries() {
  static const std::vector<HeatEntry> all{
      {{"Birgit Lohmann", "Nachtluft", "", "person", "DE"},
       "Das Gitter, das nachts offen bleibt",
       "Ein Lochblech mit Insektengitter vor jedem Kippfenster, von innen verschraubt. Regen und Diebe bleiben "
       "draußen, das Fenster bleibt vom Abend bis zum Morgen gekippt.",
       "In unserer Schule haben wir drei Zimmer eine Juniwoche lang so gelüftet: morgens 20,5 statt 24,8 Grad, um elf "
       "noch 2,9 Grad weniger.",
       "Je Zimmer fünf Gitter zu 140 Euro, ein Tag Arbeit für zwei: zusammen 1.060 Euro.",
       88},
      {{"Tarek Mansour", "Schattenweber", "Textilwerkstatt Mansour", "company", "DE"},
       "Segel über dem Südhang",
       "Helle Segel, außen an der Dachkante und an drei Masten im Hof gespannt. Sie halten die Sonne ab, bevor sie "
       "durch das Glas ist, und der Hof bekommt Schatten dazu.",
       "Außen liegender Schatten hält vier Fünftel der Wärme ab; gerechnet mit Ihren Messwerten sind es 3,1 Grad um "
       "elf Uhr.",
       "Für vier Zimmer nebeneinander 9.800 Euro, je Zimmer 2.450.",
       81,
       "Textilwerkstatt Mansour"},
      {{"Greta Holm", "Zweite Haut", "Büro Holm", "company", "DK"},
       "Ein Vorhang aus Holzstäben",
       "Waagrechte Lärchenstäbe, eine Armlänge vor der Fassade, so geneigt, dass die Sommersonne nicht hindurchkommt "
       "und die Wintersonne doch.",
       "An zwei Bürohäusern gemessen: 3,5 Grad weniger am Nachmittag.",
       "2.900 Euro je Zimmer, wenn eine Zimmerei vor Ort sägt.",
       79},
      {{"Oskar Brandl", "Kalkmilch", "", "person", "AT"},
       "Das weiße Dach",
       "Flachdächer mit Kalkfarbe streichen, jeden Mai neu. Schüler und Eltern können das an einem Samstag.",
       "Ein schwarzes Dach hat mittags 68 Grad, ein weißes 39. Im obersten Geschoss bringt das anderthalb Grad, "
       "darunter nichts.",
       "Farbe für 180 Euro je Zimmer, Brezeln extra.",
       69},
      {{"Ines Carvalho", "Grüne Wand", "Hochschule für Gartenbau Nord", "university", "DE"},
       "Hopfen statt Rollos",
       "Hopfen wächst in acht Wochen sechs Meter hoch und stirbt im Herbst ab. Drähte von der Dachkante zum Boden, "
       "zwanzig Pflanzen je Zimmer, ein Schlauch mit Löchern.",
       "An unserem Gewächshaus hält er im Juli 70 von hundert Teilen Licht ab; 2,4 Grad, drei Sommer gemessen.",
       "420 Euro im ersten Jahr, danach 60.",
       83,
       "Hochschule für Gartenbau Nord"},
      {{"Yusuf Demir", "Kellerluft", "", "person", "DE"},
       "Der Keller atmet mit",
       "Unter fast jeder Schule liegt ein Kriechkeller mit 17 Grad. Ein leiser Rohrventilator zieht die Luft durch "
       "alte Heizschächte ins Zimmer, mit Filter.",
       "In einem Zimmer eine Woche ausprobiert: 2,2 Grad weniger, aber muffig am ersten Tag. Radon müsste gemessen "
       "werden.",
       "1.900 Euro mit Filter und Schalldämpfer.",
       66},
      {{"Marlene Vogt", "Klasse 8b", "Gymnasium am Wehr", "public-body", "DE", {"Emil Sorge", "Lina Pohl"}},
       "Der Hitzedienst",
       "Jede Klasse hat einen Dienst: um sieben lüften quer, um halb neun zu, Rollos zu, bevor die Sonne kommt, und "
       "eine Ampel, die das sagt. Wir haben die Ampel aus einem Fühler und drei Lampen gebaut.",
       "Zwei Zimmer mit Dienst, zwei ohne, zwölf Schultage: 1,8 Grad. Am Freitag hat es keiner gemacht, da war es "
       "null.",
       "27 Euro je Zimmer.",
       77,
       "Klasse 8b"},
      {{"Roland Fuchs", "Wachs im Putz", "Fuchs Trockenbau", "company", "DE"},
       "Platten, die bei 23 Grad schmelzen",
       "Gipsplatten mit Wachskugeln an Decke und Rückwand. Das Wachs schmilzt bei 23 Grad und nimmt dabei Wärme auf; "
       "nachts muss es wieder fest werden.",
       "Hersteller sagen drei Grad. Ohne Nachtlüftung sind es nach drei heißen Tagen null, das schreiben wir lieber "
       "gleich dazu.",
       "2.980 Euro je Zimmer.",
       58},
      {{"Hanna Lindner", "Brunnen", "", "person", "CH"},
       "Kaltes Wasser durch alte Heizkörper",
       "Im Sommer ist die Heizung aus. Grundwasser mit 12 Grad durch dieselben Rohre und Heizkörper, mit einem "
       "Wärmetauscher, und danach in die Toiletten.",
       "Rechnung liegt bei: 1,9 Grad. Es darf nicht tropfen, darum nie unter 18 Grad.",
       "Bei zwölf Zimmern an einem Brunnen 2.700 Euro je Zimmer, die Genehmigung nicht mitgerechnet.",
       62},
      {{"Pavel Novotny", "Sternenkühler", "Novotny Optik", "company", "CZ"},
       "Eine Folie, die zum Himmel strahlt",
       "Eine Folie auf dem Dach, die auch am Tag mehr Wärme abstrahlt, als sie aufnimmt. Darunter dünne Wasserrohre "
       "zur Decke.",
       "Im Versuch 4 Grad unter der Luft, auf zwei Quadratmetern, bei klarem Himmel.",
       "Heute noch 7.500 Euro je Zimmer; in drei Jahren ein Drittel.",
       48},
      {{"Ulla Behrens", "Offene Türen", "", "person", "DE"},
       "Eine Klappe über jeder Tür",
       "Eine Klappe zwischen Zimmer und Flur, und oben im Treppenhaus ein Fenster, das nachts aufgeht. Warme Luft "
       "steigt von allein, kühle kommt durch die Zimmer nach.",
       "In der Schule meines Mannes nach dem Umbau 2,6 Grad um acht Uhr. Der Brandschutz verlangt eine Klappe, die bei "
       "Rauch zufällt.",
       "1.350 Euro je Zimmer mit Brandschutzklappe.",
       80},
      {{"Jens Aarup", "Lichtbrett", "Aarup Licht", "company", "DK"},
       "Licht an die Decke, Sonne auf das Brett",
       "Ein waagrechtes helles Brett außen in zwei Dritteln der Fensterhöhe: oben kommt Licht an die Decke, unten "
       "Schatten auf die Bänke. Das Licht kann ausbleiben, und auch das wärmt.",
       "Modellrechnung: 1,7 Grad, und 40 Stunden weniger Kunstlicht im Monat.",
       "1.600 Euro je Zimmer.",
       68},
      {{"Theresa Maurer", "Früher Vogel", "Elternbeirat Talschule", "nonprofit", "DE"},
       "Unterricht, wenn es kühl ist",
       "Von Mitte Juni an um sieben beginnen, um halb zwölf aufhören, nachmittags Lernen im Wald. Das Zimmer muss dann "
       "nur bis elf kühl bleiben.",
       "Um halb zwölf sind es nach Ihren Messwerten 1,9 Grad weniger als um eins.",
       "Ein Bus, der früher fährt: 40 Euro je Zimmer.",
       52,
       "Talschule"},
      {{"Mario Conti", "Lehm", "Conti Lehmbau", "company", "IT"},
       "Drei Zentimeter Lehm",
       "Lehmputz auf den zwei Innenwänden, aufgetragen von einer Maschine. Er nimmt Wärme und Feuchte auf und gibt "
       "beides nachts wieder ab.",
       "1,2 Grad, und die Luft fühlt sich nach weniger an. Gemessen in einem Kindergarten.",
       "2.200 Euro je Zimmer.",
       60},
      {{"Sabine Kroll", "Filmreif", "", "person", "DE"},
       "Folie auf das Glas",
       "Sonnenschutzfolie, außen geklebt, an einem Vormittag.",
       "Hersteller: 70 von hundert Teilen Wärme. Im Winter fehlt sie dann auch, und das Zimmer wird dunkler.",
       "900 Euro je Zimmer.",
       54},
      {{"Florian Reiter", "Baumschule", "Gemeindegärtnerei Reut", "public-body", "AT"},
       "Große Bäume in großen Kübeln",
       "Sechs Feldahorne von fünf Metern in Kübeln auf Rollen, im Mai vor die Südwand, im Oktober in die Gärtnerei "
       "zurück.",
       "Unter dem Baum ist es acht Grad kühler, hinter der Scheibe 1,6.",
       "Gemietet 600 Euro im Jahr für zwei Zimmer.",
       64,
       "Gärtnerei"},
      {{"Agnes Weil", "Wassergeist", "", "person", "DE"},
       "Feuchte Tücher im Luftzug",
       "Leinenbahnen vor dem Fenster, die aus einer Rinne Wasser ziehen. Wer einmal in einem Hof in Sevilla saß, kennt "
       "das.",
       "Zwei Grad am Fenster, aber die Luft wird feucht. Bei Gewitter hilft es nicht.",
       "350 Euro je Zimmer.",
       47},
      {{"Kai Petersen", "Turm im Wind", "Petersen Schornsteinbau", "company", "DE"},
       "Der alte Schornstein als Lüfter",
       "Viele Heizhäuser haben einen Schornstein, der nichts mehr tut. Schwarz gestrichen zieht er an heißen Tagen "
       "Luft aus den Fluren, je heißer, desto mehr.",
       "An einer Berufsschule 1,4 Grad in den Zimmern am Flur.",
       "800 Euro je Zimmer, wo ein Schornstein steht: bei elf Schulen.",
       71},
      {{"Elif Kaya", "Rollo mit Uhr", "Kaya Steuerungen", "company", "DE"},
       "Rollos, die vor der Sonne wissen, wo sie ist",
       "Ein kleiner Motor für die Rollos, die schon da sind, der Stand der Sonne und ein Fühler. Zu ist es, bevor es "
       "warm wird, auch in den Ferien.",
       "In 14 Zimmern einen Sommer lang: 1,9 Grad mit Außenrollos, 0,6 mit Innenrollos.",
       "Je Zimmer 780 Euro, wo es Außenrollos gibt.",
       76},
      {{"Bernd Osthoff", "Steinreich", "", "person", "DE"},
       "Wasserfässer unter der Fensterbank",
       "Zwölf Fässer Wasser je Zimmer speichern so viel Kälte wie eine dicke Mauer. Nachts lüften, tags danebensitzen.",
       "Gerechnet 1,5 Grad, wenn nachts gelüftet wird.",
       "260 Euro je Zimmer. Die Statik trägt es im Erdgeschoss.",
       57},
      {{"Nina Sommer",
        "Hofgang",
        "Architekturklasse der Hochschule Tal",
        "university",
        "DE",
        {"Jakob Riedl", "Mei Tanaka"}},
       "Klassenzimmer für vier Wochen im Norden",
       "Fachräume liegen nach Norden und stehen halb leer. Ein Stundenplan für die vier heißesten Wochen setzt zuerst "
       "die Nordzimmer voll.",
       "In zwei Schulen durchgeplant: 70 von hundert Stunden lassen sich verlegen; dort ist es 3,2 Grad kühler.",
       "Ein Nachmittag mit dem Stundenplan: 15 Euro je Zimmer.",
       82,
       "Hochschule Tal"},
      {{"Dirk Hammer", "Eisblock", "Hammer Gefriertechnik", "company", "DE"},
       "Eis von der Nacht",
       "Ein Eisspeicher im Keller, nachts mit billigem Strom gefroren, tags über die Lüftung geschmolzen.",
       "Fünf Grad, sicher. Gefroren wird mit einer Kältemaschine.",
       "4.200 Euro je Zimmer.",
       35},
      {{"Franziska Unger", "Kreuz und quer", "", "person", "DE"},
       "Ein Fenster zum Flur",
       "Die Wand zum Flur bekommt zwei Kippfenster. Gelüftet wird quer durch das ganze Haus, nachts von der Nordseite.",
       "Querlüften tauscht die Luft in sechs statt in vierzig Minuten. 1,8 Grad in Ihrer Schule Nummer 4, mit Rauch "
       "gezeigt.",
       "1.700 Euro je Zimmer.",
       74},
      {{"Anton Krall", "Schirmherr", "Krall Markisen", "company", "AT"},
       "Markisen aus dem Lager der Freibäder",
       "Freibäder tauschen ihre Markisen alle acht Jahre. Wir kürzen sie und hängen sie vor Schulfenster.",
       "Außenschatten, 2,8 Grad, an sechs Zimmern gemessen.",
       "640 Euro je Zimmer, solange gebrauchte zu haben sind.",
       78,
       "Krall"},
      {{"Leonie Busch", "Kühle Füße", "", "person", "DE"},
       "Der Boden bleibt kühl",
       "Linoleum herunter, den Estrich schleifen und ölen. Ein Steinboden ohne Belag nimmt nachts Kälte auf, und Füße "
       "merken das zuerst.",
       "0,9 Grad, gefühlt zwei.",
       "1.450 Euro je Zimmer.",
       51},
      {{"Viktor Baum", "Bitte lüften", "Baum Elektronik", "company", "DE"},
       "Eine Nachricht an den Hausmeister",
       "Fühler innen und außen; wenn es draußen kühler ist, geht eine Nachricht an das Telefon des Hausmeisters.",
       "Unsere Rechnung sagt 1,1 Grad, wenn er kommt.",
       "90 Euro je Zimmer.",
       49},
      {{"Clara Engel", "Luftschiff", "Verein Solarlüfter", "nonprofit", "DE"},
       "Solarlüfter in der obersten Scheibe",
       "Statt der obersten Scheibe ein Brett mit Lüfter und Solarzelle: Er läuft, wenn die Sonne scheint, und nachts "
       "aus einer kleinen Batterie.",
       "Drei Luftwechsel in der Stunde, nachts 2,3 Grad. In zehn Zimmern erprobt; ein Lüfter war zu laut und wurde "
       "getauscht.",
       "430 Euro je Zimmer.",
       84,
       "Verein Solarlüfter"},
      {{"Georg Strasser", "Hohe Decke", "Strasser Akustik", "company", "AT"},
       "Weg mit der abgehängten Decke",
       "Über den Platten liegt ein halber Meter Luft und kühler Beton. Platten heraus, Schallschluck als Segel hinein.",
       "Freier Beton ist der Kältespeicher, den Sie schon haben: 2,1 Grad mit Nachtlüftung, in vier Schulen.",
       "1.850 Euro je Zimmer.",
       81},
      {{"Wiebke Jansen", "Wattwind", "", "person", "DE"},
       "Deckenventilatoren",
       "Zwei große, langsame Ventilatoren an der Decke. Die Luft wird nicht kühler, der Mensch schon.",
       "Zwei Grad gefühlt bei 28, in jedem Lehrbuch. Zettel müssen beschwert werden.",
       "720 Euro je Zimmer.",
       72},
      {{"Ralf Zander", "Regenrinne", "Zander Dachbau", "company", "DE"},
       "Regen auf das heiße Dach",
       "Eine Zisterne und ein Sprühschlauch auf dem First. Verdunstung kühlt das Blech, bevor es die Klasse wärmt.",
       "Blechdach von 61 auf 34 Grad; darunter 1,3 Grad.",
       "1.100 Euro je Zimmer im Obergeschoss.",
       59},
      {{"Ivana Petrovic", "Gläserne Lunge", "", "person", "DE"},
       "Ein Pflanzenregal im Luftstrom",
       "Achtzig Pflanzen an der Rückwand, dahinter ein leiser Lüfter. Die Blätter verdunsten Wasser und kühlen.",
       "Nach meiner Rechnung 0,8 Grad. Es wird auch gelernt, wer gießt.",
       "1.300 Euro je Zimmer.",
       50},
      {{"Heiko Brandt", "Doppelt offen", "Tischlerei Brandt", "company", "DE"},
       "Das Fenster, das sich um die Mitte dreht",
       "Wir bauen den mittleren Flügel um, sodass er sich um die Mitte dreht: Oben geht warme Luft hinaus, unten kommt "
       "kühle herein.",
       "Dreimal so viel Luft wie gekippt; 1,6 Grad bei Nachtlüftung.",
       "2.600 Euro je Zimmer mit Beschlag und Sicherung.",
       67,
       "Tischlerei Brandt"},
      {{"Samira Haddou", "Lichthof", "", "person", "FR"},
       "Der Schulhof ohne Asphalt",
       "Vor jedem Südzimmer zehn Meter Asphalt aufbrechen: Kies, Gräser, zwei Bäume. Der Hof heizt dann nicht mehr "
       "mit.",
       "Luft vor dem Fenster 2,5 Grad kühler, im Zimmer 1,1; nach fünf Jahren mehr.",
       "2.400 Euro je Zimmer, wenn die Schule mitgräbt.",
       70},
      {{"Thomas Eder", "Kaltes Erbe", "", "person", "AT"},
       "Ein Rohr durch die Erde",
       "Vierzig Meter Rohr zwei Meter tief; die Luft kommt mit 18 Grad herein, im Winter vorgewärmt.",
       "Drei Grad, vielfach gebaut.",
       "3.900 Euro je Zimmer. In sechs Wochen nur, wenn kein Fels kommt.",
       53},
      {{"Carla Nowak", "Sonnenuhr", "Nowak Klimadaten", "company", "PL"},
       "Welche Zimmer zuerst",
       "Kein Gerät: eine Karte aller 620 Zimmer, die aus Himmelsrichtung, Baum und Dach sagt, wo welcher Schatten am "
       "meisten bringt.",
       "Mit demselben Geld doppelt so viel Wirkung: Für 31 Zimmer gerechnet und mit Ihren Messungen verglichen, auf "
       "0,7 Grad genau.",
       "11 Euro je Zimmer.",
       75,
       "Nowak Klimadaten"},
      {{"Ludwig Ammer", "Papierhut", "", "person", "DE"},
       "Wellpappe zwischen den Scheiben",
       "Alte Kastenfenster haben einen Spalt. Weiße Wellpappe hinein, im September heraus.",
       "1,5 Grad in der Werkstatt. Man sieht dann nicht mehr hinaus.",
       "30 Euro je Zimmer.",
       46},
      {{"Rebekka Stein", "Stilles Wasser", "Ingenieure Stein und Amsel", "company", "DE"},
       "Kühldecke aus Kunststoffmatten",
       "Matten mit feinen Röhrchen an der Decke, gespeist mit Brunnenwasser oder vom Nachthimmel gekühltem Wasser vom "
       "Dach.",
       "2,7 Grad, in drei Kindergärten gemessen, im zweiten Sommer noch immer.",
       "2.850 Euro je Zimmer ab zehn Zimmern.",
       80,
       "Ingenieure Stein und Amsel"},
      {{"Fabian Kuhn", "Dämmerung", "", "person", "DE"},
       "Dachluke mit Gewicht",
       "Eine Luke im Flachdach des Flurs, die ein Wachszylinder hebt, sobald es innen wärmer ist als 24 Grad, ohne "
       "Strom.",
       "Wie im Gewächshaus, dort seit fünfzig Jahren. In der Schule 1,7 Grad im Flur und 0,9 im Zimmer.",
       "540 Euro je Zimmer.",
       65},
      {{"Johanna Pichler", "Weiter Himmel", "Universität Hochland", "university", "AT", {"Simon Gruber"}},
       "Was von allem zusammen am besten wirkt",
       "Wir haben Nachtlüftung, Außenschatten, freie Decke und Ventilator einzeln und zusammen gerechnet, für Ihre "
       "acht Zimmer. Zwei davon genügen fast immer, und welche zwei, hängt vom Zimmer ab.",
       "4,1 Grad mit Lüftungsgitter und Schatten nach Maß, auf ein halbes Grad sicher; mit Ihren Messwerten geprüft.",
       "Zwischen 1.400 und 2.300 Euro je Zimmer.",
       90,
       "Universität Hochland"},
      {{"Petra Zeller", "Guter Rat", "", "person", "DE"},
       "Trinken, Hüte, weniger Hausaufgaben",
       "Die Kinder sollen mehr trinken, und bei 30 Grad schreibt niemand eine Arbeit.",
       "Das weiß jede Mutter.",
       "Nichts.",
       22},
  };
  return all;
}

const std::vector<Seat>& heat_panel() {
  static const std::vector<Seat> all{
      {"Nadia Okafor", "judge@demo.example", "Amt für Schulbau Oberstadt", "Lüftung, Fenster, Schule", 18, 0},
      {"Wolfram Seitz", "w.seitz@demo.example", "Institut für Bauklima", "Rechnung, Messwerte, Wärme", 18, 7},
      {"Lene Sørensen", "l.sorensen@demo.example", "Forum Tageslicht", "Licht, Schatten, Fassade", 18, -3},
      {"Matthias Ruf", "m.ruf@demo.example", "Handwerkskammer Tal", "Montage, Handwerk, Decke", 18, 2},
      {"Hatice Yildirim", "h.yildirim@demo.example", "Verband der Hausmeister", "Hausmeister, Alltag, Fenster", 18, -6},
      {"Paul Kessler", "p.kessler@demo.example", "Universität Hochland", "Speicher, Wachs, Lehm", 18, 4},
      {"Ingrid Maas", "i.maas@demo.example", "Landeselternrat", "Schüler, Eltern, Hof", 18, -4},
      {"Tomas Havel", "t.havel@demo.example", "Büro für Gebäudetechnik Havel", "Lüfter, Wasser, Rohr", 18, 3},
      {"Verena Thoma", "v.thoma@demo.example", "Stadtgärtnerei Oberstadt", "Pflanzen, Bäume, Hof, Dach", 18, 0},
  };
  return all;
}

const std::vector<Interest>& heat_interests() {
  static const std::vector<Interest> all{
      {"w.seitz@demo.example", "Stilles Wasser", "Ich habe vor zwei Jahren ein Gutachten für dieses Büro geschrieben."},
      {"v.thoma@demo.example", "Baumschule", "Die beiden Gärtnereien kaufen gemeinsam ein."},
      {"i.maas@demo.example", "Früher Vogel", "Die Vorsitzende sitzt mit mir im Landeselternrat."},
      {"l.sorensen@demo.example", "Lichtbrett", "Die Firma ist Mitglied im Forum, das ich leite."},
      {"m.ruf@demo.example", "Doppelt offen", "Der Inhaber ist mein Schwager."},
  };
  return all;
}

const std::vector<Question>& heat_questions() {
  static const std::vector<Question> all{
      {"Zweite Haut", "Stehen Schulen unter Denkmalschutz?",
       "Zwei von 31. Für sie gilt: nichts an der Fassade, was sich nicht spurlos entfernen lässt."},
      {"Nachtluft", "Wer haftet, wenn nachts ein gekipptes Fenster mit Gitter offen bleibt?",
       "Der Schulverband hat die Versicherung gefragt: Ein von innen verschraubtes Gitter aus zwei Millimeter Blech "
       "genügt ihr."},
      {"Eisblock", "Zählt eine Kältemaschine im Keller als Gerät mit Kältemittel?", "Ja."},
      {"Klasse 8b", "Dürfen Schülerinnen und Schüler unter 18 mitmachen?",
       "Ja. Ein Preis wird dann an die Schule oder an die Eltern gezahlt."},
  };
  return all;
}

const Remarks& heat_remarks() {
  static const Remarks all{
      .good = {"Gemessen, gerechnet, und der Hausmeister hat nichts damit zu tun. Bitte zeigen Sie auch den "
               "schlechtesten Tag.",
               "Das könnten wir nächsten Sommer in zehn Zimmern haben. Wie verhält es sich bei Gewitter in der Nacht?",
               "Überzeugend, weil Sie sagen, wo es nicht hilft. Die Kosten sind vollständig.",
               "Wirkung und Preis passen zusammen. Ein Zimmer nach Westen wäre die nächste Probe."},
      .middling =
          {"Gute Idee mit einem Haken, den Sie selbst nennen. Mit Nachtlüftung zusammen würde ich sie gern sehen.",
           "Die Grad sind geglaubt, nicht gemessen. Zwei Wochen mit einem Fühler würden viel ändern.",
           "Für ein paar Schulen sehr gut, für die meisten nicht. Sagen Sie, für welche.",
           "Einfach und billig, aber jeden Tag ein Handgriff mehr. Wer denkt im Juli daran?"},
      .weak = {"Das kühlt das Gewissen mehr als das Zimmer: Unter einem Grad merkt es niemand.",
               "Die Kosten liegen über der Grenze, oder der Einbau über sechs Wochen. Schade um die Mühe.",
               "So steht es in jedem Ratgeber. Was wäre daran für unsere Zimmer eigens zu lösen?"},
      .to_panel = {"Bitte mit dem anderen Gitter vergleichen.",
                   "Beim Brandschutz habe ich abgezogen, nicht bei der Idee.",
                   "Ich kenne das Verfahren, nicht die Leute."}};
  return all;
}

std::vector<Found> heat_found(const HeatEntry& e) {
  if (e.who.team == std::string_view("Sternenkühler"))
    return {{false, "7.500 Euro heute."}, {true, "Zwei Wochen je Dach."}, {true, "Ohne Kältemittel."}};
  if (e.who.team == std::string_view("Kaltes Erbe"))
    return {{false, "3.900 Euro."}, {false, "Nur ohne Fels; das ist nicht überall so."}, {true, "Luft und Erde."}};
  if (e.who.team == std::string_view("Eisblock"))
    return {{false, "4.200 Euro."}, {true, "Drei Wochen."}, {false, "Die Kältemaschine hat welches."}};
  if (e.who.team == std::string_view("Guter Rat"))
    return {{true, "Kostet nichts."}, {true, "Nichts einzubauen."}, {true, "Keines."}};
  return {{true, e.cost}, {true, "Der Ablauf passt in die Sommerferien."}, {true, "Nach der Beschreibung keines."}};
}

}  // namespace polder::app::demo
