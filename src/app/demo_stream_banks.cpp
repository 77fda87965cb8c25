// The consultation that has been answered: strips of land along streams. In German.
#include "app/demo_content.h"

namespace polder::app::demo {
namespace {

using enum i18n::Language;

constexpr std::string_view everybody = "public-anonymous", officials = "officials";

constexpr std::string_view law = R"(# Gesetz über Uferstreifen an kleinen Bächen

Entwurf des Ministeriums für Wasser und Land. Er regelt, wie viel Platz einem Bach bleibt und was dort erlaubt ist.

## Abschnitt 1 Worum es geht

### § 1 Zweck

Dieses Gesetz hält Dünger, Pflanzenschutzmittel und Erde aus kleinen Bächen heraus und gibt Tieren und Pflanzen am Ufer Platz.

### § 2 Begriffe

- **Bach** ist ein Gewässer, das in mindestens neun Monaten eines gewöhnlichen Jahres Wasser führt.
- **Uferstreifen** ist das Land von der Oberkante der Böschung an landeinwärts.
- **Bewirtschafter** ist, wer das Land am Bach nutzt, als Eigentümer oder Pächter.

### § 3 Breite

1. Der Uferstreifen ist zehn Meter breit.
2. In Ortschaften ist er fünf Meter breit.
3. Auf Flächen, die steiler als fünf vom Hundert zum Bach abfallen, ist er fünfzehn Meter breit.

## Abschnitt 2 Was dort gilt

### § 4 Verbote

Auf dem Uferstreifen ist es verboten, zu düngen, Pflanzenschutzmittel auszubringen und zu pflügen.

### § 5 Was erlaubt bleibt

Erlaubt bleiben das Mähen ab dem 15. Juni, das Beweiden mit Zaun, das Pflanzen heimischer Gehölze und Wege aus Gras.

### § 6 Mähen und Räumen

Der Bach wird nur auf einer Seite im Jahr geräumt, und nur zwischen dem 1. September und dem 31. Oktober.

## Abschnitt 3 Ausgleich und Aufsicht

### § 7 Ausgleich

1. Wer einen Uferstreifen anlegt, erhält im Jahr 450 Euro je Hektar.
2. Der Ausgleich wird ohne Antrag gezahlt, nach der Karte des Ministeriums.

### § 8 Karte

Das Ministerium veröffentlicht eine Karte aller Bäche. Wer sie für falsch hält, kann es innerhalb eines Jahres sagen und
bekommt innerhalb von drei Monaten eine Antwort.

### § 9 Aufsicht

Die Kreise prüfen in jedem Jahr fünf von hundert Uferstreifen. Wer gegen § 4 verstößt, zahlt bis zu 5.000 Euro.

### § 10 Inkrafttreten

Dieses Gesetz tritt am 1. Januar in Kraft.
)";

constexpr std::string_view note = R"(# Warum dieses Gesetz

Zwei von drei kleinen Bächen im Land sind in schlechtem Zustand. Das meiste, was in ihnen nicht sein sollte, kommt von dem
Land, das unmittelbar an sie grenzt: Nach jedem Starkregen trägt das Wasser Erde und Dünger in den Bach.

## Was sich ändert

- Ein Streifen von zehn Metern, der nicht gepflügt und nicht gedüngt wird.
- Ein Ausgleich, der von selbst kommt, ohne Formular.
- Eine Karte, der man widersprechen kann.

## Was wir nicht wissen

Ob zehn Meter überall richtig sind, und was den Streifen für einen kleinen Betrieb erträglich macht.
)";

// Answers, by their place in this list.
enum Answered { width_small, width_more, start_later, mowing, money, map, ditches, control, thanks };

std::vector<Reply> replies() {
  return {
      {.article = 3,
       .outcome = "changed",
       .words = "Sie haben recht: Zehn Meter treffen einen schmalen Streifen Land zwischen Bach und Weg anders als ein "
                "großes Feld. Auf Feldstücken "
                "unter einem Hektar ist der Uferstreifen nun fünf Meter breit, wenn er dauerhaft mit Gras bewachsen "
                "ist. Das steht als Absatz 4 in § 3."},
      {.article = 3,
       .outcome = "kept",
       .words = "Breiter wäre für manche Art besser. Die Messungen aus drei Kreisen zeigen aber, dass zehn Meter neun "
                "Zehntel der Erde zurückhalten "
                "und zwanzig kaum mehr. Wir bleiben bei zehn Metern und messen nach fünf Jahren noch einmal."},
      {.article = 10,
       .outcome = "changed",
       .words = "Der 1. Januar liegt mitten in der Fruchtfolge: Das Wintergetreide steht dann schon. Das Gesetz tritt "
                "nun am 1. Oktober in Kraft, nach "
                "der Ernte."},
      {.article = 5,
       .outcome = "changed",
       .words = "Für das Mähen gilt nun kein Tag für das ganze Land mehr. Die Kreise setzen ihn zwischen dem 1. und "
                "dem 30. Juni fest, nach Höhe und "
                "Witterung, und hören dazu die Bewirtschafter und den Naturschutz."},
      {.article = 7,
       .outcome = "kept",
       .words = "450 Euro decken den entgangenen Ertrag auf gutem Ackerland nicht ganz, auf dem meisten Grünland mehr "
                "als ganz. Für einen höheren Satz "
                "fehlt das Geld im Haushalt, und das sagen wir lieber jetzt als später. Geprüft wird der Satz alle "
                "drei Jahre, zum ersten Mal öffentlich."},
      {.article = 8,
       .outcome = "changed",
       .words = "Die Karte hatte Fehler, und Sie haben 41 davon gefunden. Sie sind verbessert. Wer einen weiteren "
                "findet, hat nun drei Jahre Zeit statt "
                "einem, und bis zur Antwort gilt dort kein Verbot."},
      {.article = 2,
       .outcome = "changed",
       .words = "Gräben, die nur nach Regen Wasser führen, sind keine Bäche. Das war so gemeint und stand nicht da. § "
                "2 sagt es nun ausdrücklich und "
                "nennt als Zeichen das Bett aus Kies oder Sand."},
      {.article = 9,
       .outcome = "elsewhere",
       .words = "Wie die Kreise prüfen, regelt nicht dieses Gesetz, sondern ihre gemeinsame Dienstanweisung. Wir haben "
                "Ihre Vorschläge dorthin gegeben: "
                "erst reden, dann messen, dann zahlen. Im Frühjahr wird darüber öffentlich beraten."},
      {.article = 0,
       .outcome = "kept",
       .words = "Danke. Wir haben gelesen, dass es Ihnen um den Bach vor Ihrer Tür geht. Daran ändert der Entwurf, was "
                "er ändern kann; für das Weitere "
                "haben wir Ihre Worte an den Kreis gegeben."},
  };
}

std::vector<Speaker> speakers() {
  return {
      {.name = "Friedrich Osterkamp",
       .language = de,
       .says = {{.question = 1,
                 .words = "Ich bewirtschafte 38 Hektar, davon liegen elf Stücke am Bach, das größte misst 0,8 Hektar. "
                          "Zehn Meter auf beiden Seiten, "
                          "und von dreien bleibt nichts, was sich zu bestellen lohnt. Auf einem großen Schlag merke "
                          "ich die zehn Meter nicht."},
                {.article = 3, .quote = "zehn Meter breit", .words = "Für kleine Stücke fünf, bitte."}},
       .answer = width_small},
      {.name = "Prof. Dr. Miriam Adler",
       .on_behalf = "Institut für Gewässerkunde",
       .language = de,
       .says = {{.question = 1,
                 .words = "Unsere Messungen an 22 Bächen zeigen: Die ersten fünf Meter halten den größten Teil der "
                          "Erde zurück, die nächsten fünf den "
                          "gelösten Dünger. Zehn Meter sind deshalb gut begründet. Wer Libellen und Vögel will, "
                          "braucht zwanzig."}},
       .answer = width_more},
      {.name = "Bernd Hölscher",
       .on_behalf = "Landvolk Kreis Moorburg",
       .language = de,
       .says = {{.question = 1,
                 .words = "Unsere 640 Mitglieder stehen zum Bach vor der Haustür. Sie stehen nicht zu einem Stichtag "
                          "im Winter."},
                {.article = 10,
                 .quote = "am 1. Januar",
                 .words = "Im Januar steht der Weizen seit drei Monaten. Soll er umgepflügt werden, was § 4 verbietet? "
                          "Nehmen Sie einen Tag nach der Ernte."}},
       .answer = start_later},
      {.name = "Jana Petersen",
       .visibility = everybody,
       .language = de,
       .says = {{.question = 2,
                 .words = "Mir hilft kein Geld, mir hilft, dass ich nichts ausfüllen muss. Dass der Ausgleich ohne "
                          "Antrag kommt, ist der beste Satz im "
                          "ganzen Entwurf."}},
       .answer = thanks},
      {.name = "Klaus-Dieter Wohlers",
       .language = de,
       .says = {{.article = 5,
                 .quote = "das Mähen ab dem 15. Juni",
                 .words = "Bei uns im Bergland ist am 15. Juni noch gar nichts gewachsen, an der Küste ist das Gras "
                          "dann Stroh. Ein Tag für alle passt "
                          "keinem."}},
       .answer = mowing},
      {.name = "Hatice Yıldız",
       .language = de,
       .says = {{.question = 1,
                 .words = "Ich wohne in der Siedlung am Mühlbach. Fünf Meter in Ortschaften heißt: mein halber Garten. "
                          "Ich dünge ihn nicht und spritze "
                          "nicht, aber darf ich noch umgraben, wo die Kartoffeln stehen?"},
                {.article = 4, .quote = "zu pflügen", .words = "Ist ein Spaten ein Pflug?"}},
       .answer = width_small},
      {.name = "Edda Wiesner",
       .on_behalf = "Naturfreunde Wiesengrund e. V.",
       .language = de,
       .says = {{.question = 1,
                 .words = "Zwanzig Meter, wenigstens an den Quellbächen. Wir zählen dort seit 1998 den "
                          "Feuersalamander: von 140 auf 12."},
                {.article = 6,
                 .quote = "nur auf einer Seite im Jahr",
                 .words = "Das ist der Satz, auf den wir zwanzig Jahre gewartet haben. Danke."}},
       .answer = width_more},
      {.name = "Heinz Bröker",
       .language = de,
       .says = {{.article = 8,
                 .words = "Die Karte zeigt auf meinem Hof einen Bach, wo seit 1961 eine Dränage liegt. Das Wasser, das "
                          "da blau eingezeichnet ist, fließt "
                          "unter der Scheune durch."}},
       .answer = map},
      {.name = "Wiebke Janssen",
       .visibility = everybody,
       .language = de,
       .says = {{.article = 2,
                 .quote = "mindestens neun Monaten",
                 .words = "Der Graben hinter unserem Acker führt im Winter sieben Monate Wasser und in nassen Jahren "
                          "zehn. Wer entscheidet, was ein "
                          "gewöhnliches Jahr ist? Schreiben Sie, dass Gräben keine Bäche sind."}},
       .answer = ditches},
      {.name = "Stefan Albers",
       .language = de,
       .says = {{.question = 2,
                 .words = "450 Euro sind auf unserem Boden die Hälfte von dem, was der Weizen bringt. Rechnen Sie mit "
                          "dem Ertrag des Feldes und nicht mit "
                          "einem Satz für das Land."},
                {.article = 7, .quote = "450 Euro je Hektar", .words = "800 wären ehrlich."}},
       .answer = money},
      {.name = "Renate Fuchs",
       .visibility = officials,
       .language = de,
       .says = {{.question = 1,
                 .words = "Ich prüfe für einen Kreis. Wir sind zu zweit für 1.900 Kilometer Bach. Fünf von hundert "
                          "schaffen wir nicht, und das wissen alle, "
                          "die den Entwurf geschrieben haben. Lassen Sie uns zuerst die Stellen prüfen, an denen der "
                          "Bach schlecht ist."}},
       .answer = control},
      {.name = "Ole Martens",
       .language = de,
       .says = {{.question = 1,
                 .words = "Wir haben den Streifen vor sechs Jahren freiwillig angelegt, zwölf Meter, mit Blühmischung. "
                          "Die Rehe freuen sich, die Bienen des "
                          "Nachbarn auch. Ertrag fehlt, Ärger auch."}},
       .answer = thanks},
      {.name = "Gisela Wendland",
       .on_behalf = "Gemeinde Oberaue",
       .language = de,
       .says = {{.article = 3,
                 .quote = "In Ortschaften ist er fünf Meter breit",
                 .words = "Unser Dorfplatz liegt am Bach, zwei Meter breit ist das Ufer, dann kommt Pflaster von 1730. "
                          "Bitte sagen Sie, dass Bestehendes "
                          "bleiben darf."}},
       .answer = width_small},
      {.name = "Thorsten Kühn",
       .visibility = everybody,
       .language = de,
       .says = {{.question = 2,
                 .words = "Ein Muster für den Pachtvertrag. Der Streifen steht im Gesetz, aber in meinem Vertrag "
                          "steht, dass ich das Land ordnungsgemäß zu "
                          "beackern habe."}},
       .answer = -1},
      {.name = "Dr. Amir Rahimi",
       .language = de,
       .says = {{.article = 9,
                 .quote = "bis zu 5.000 Euro",
                 .words = "Erst eine Mahnung mit Frist, dann eine Beratung, dann die Buße. In Österreich hat das mehr "
                          "Streifen gebracht als jede Strafe."}},
       .answer = control},
      {.name = "Luise Brandt",
       .language = de,
       .says = {{.question = 1,
                 .words = "Ich bin elf und wir haben in der Schule den Bach gemessen. Er war trüb nach dem Regen und "
                          "klar am Wald. Ich finde zehn Meter gut."}},
       .answer = thanks},
      {.name = "Jürgen Pohl",
       .on_behalf = "Wasser- und Bodenverband Nordgeest",
       .language = de,
       .says = {{.article = 6,
                 .quote = "zwischen dem 1. September und dem 31. Oktober",
                 .words = "In nassen Jahren stehen im August die Keller unter Wasser, weil niemand räumen darf. Eine "
                          "Ausnahme bei Gefahr, bitte, mit "
                          "Anzeige beim Kreis."}},
       .answer = -1},
      {.name = "Hanneke Visser",
       .language = nl,
       .says = {{.question = 1,
                 .words = "Wij pachten 12 hectare aan deze kant van de grens. In ons eigen land is de strook vijf "
                          "meter, hier tien. Voor de beek is er geen "
                          "grens; voor onze boekhouding wel. Kunt u met de buren één breedte afspreken?"}},
       .answer = width_small},
      {.name = "Sven Larsen",
       .visibility = everybody,
       .language = de,
       .says = {{.article = 8,
                 .words = "Auf der Karte fehlt der Erlenbach ganz. Er ist vier Kilometer lang und hat Forellen."}},
       .answer = map},
      {.name = "Ursula Klein",
       .visibility = officials,
       .language = de,
       .says = {{.question = 2,
                 .words = "Mein Mann ist letztes Jahr gestorben und ich führe den Hof allein. Ich schaffe keine neuen "
                          "Pflichten. Wenn jemand vom Kreis käme "
                          "und sagte, wo der Streifen liegt, wäre mir geholfen."}},
       .answer = control},
      {.name = "Sanne de Boer",
       .language = de,
       .says = {{.question = 1,
                 .words = "Zehn Meter sind richtig. Ich laufe jeden Morgen am Bach entlang und sehe, wo gepflügt wird "
                          "bis ans Wasser."},
                {.article = 5, .quote = "Wege aus Gras", .words = "Schön, dass man dort noch gehen darf."}},
       .answer = thanks},
      {.name = "Emily Carter",
       .on_behalf = "Riverside Walkers",
       .language = en,
       .says = {{.article = 5,
                 .words = "We walk this valley from both sides of the border, and grass paths along the brook are all "
                          "we hoped for. Please keep gates that a "
                          "wheelchair can pass."}},
       .answer = thanks},
  };
}

constexpr std::string_view report = R"(## Was Sie gesagt haben

Am häufigsten ging es um die Breite: zu viel für kleine Felder, zu wenig für die Natur. Danach um den Stichtag, um das Geld
und um die Karte. Viele haben von ihrem eigenen Bach erzählt; das hat uns mehr gelehrt als manche Tabelle.

## Was wir geändert haben

- **Kleine Felder:** Auf Stücken unter einem Hektar genügen fünf Meter, wenn dort Gras wächst (§ 3).
- **Gräben:** Was nur nach Regen Wasser führt, ist kein Bach (§ 2).
- **Mähen:** Kein Tag für das ganze Land mehr; die Kreise setzen ihn fest (§ 5).
- **Karte:** 41 Fehler sind verbessert, und widersprechen kann man nun drei Jahre lang (§ 8).
- **Beginn:** nach der Ernte, am 1. Oktober (§ 10).

## Was wir nicht geändert haben, und warum

- **Zehn Meter bleiben** auf größeren Flächen. Die Messungen tragen diese Breite und keine größere.
- **450 Euro bleiben.** Mehr gibt der Haushalt nicht her. In drei Jahren wird öffentlich nachgerechnet.

## Wie es weitergeht

Der geänderte Entwurf geht im nächsten Monat in das Parlament. Diese Seite und alle Antworten gehen mit.
)";

Pool pool() {
  return {
      .first_names = {"Anna", "Björn",  "Christa",  "Dirk",     "Elif",  "Frank",   "Gudrun", "Hannes", "Imke",
                      "Jörg", "Katrin", "Lukas",    "Marlene",  "Nils",  "Ottilie", "Peter",  "Ronja",  "Sabine",
                      "Tim",  "Uwe",    "Valentin", "Wolfgang", "Xaver", "Yasemin", "Zita"},
      .last_names = {"Ahlers",  "Becker",   "Christiansen", "Dierks", "Ebert", "Friese", "Götze",  "Harms",
                     "Ihde",    "Jung",     "Kaya",         "Lorenz", "Meyer", "Nissen", "Otten",  "Paulsen",
                     "Richter", "Schröder", "Thomsen",      "Ulrich", "Voss",  "Weber",  "Yilmaz", "Zimmermann"},
      .organisations = {"Imkerverein Aue", "Hofgemeinschaft Sonnental", "Ortsrat Niederbach", "Angelverein Forelle",
                        "Junge Landwirtschaft", "Jagdgenossenschaft Heide"},
      .who = {"Wir haben einen Hof mit 50 Hektar.", "Ich bin Nebenerwerbslandwirtin.",
              "Mein Garten grenzt an den Bach.", "Ich angle seit dreißig Jahren.",
              "Wir verpachten zwei Wiesen am Bach.", "Ich imkere mit zwölf Völkern.", "Ich bin im Gemeinderat.",
              "Ich fahre jeden Tag am Bach entlang zur Arbeit.", "Wir halten Schafe.",
              "Ich habe den Hof gerade übernommen.", "Ich schreibe als Anwohner.", "Wir bewirtschaften biologisch."},
      .sees = {"Nach jedem Gewitter ist der Bach braun.", "Der Eisvogel ist seit vier Jahren fort.",
               "Auf unserer Seite ist das Ufer in Ordnung.", "Der Nachbar pflügt bis an die Kante.",
               "Im Sommer riecht das Wasser.", "Wir mähen schon jetzt spät.",
               "Das Ufer bricht jedes Jahr ein Stück ab.", "Es gibt wieder Krebse, das freut uns.",
               "Am Wald ist der Bach klar, hinter den Feldern nicht.", "Der Bach wurde 1970 begradigt."},
      .wants = {{"Für kleine Felder sind zehn Meter zu viel.", width_small},
                {"An den Quellen sollten es zwanzig Meter sein.", width_more},
                {"Bitte nicht mitten im Winter beginnen.", start_later},
                {"Der Tag für das Mähen muss zur Gegend passen.", mowing},
                {"Der Ausgleich ist zu niedrig.", money},
                {"Die Karte stimmt bei uns nicht.", map},
                {"Gräben sind keine Bäche, schreiben Sie das hinein.", ditches},
                {"Reden Sie mit den Leuten, bevor Sie strafen.", control},
                {"Der Entwurf ist gut so, wie er ist.", thanks},
                {"Danke, dass man gefragt wird.", thanks}},
      .second = {"Ein Blatt, auf dem steht, was wo gilt.", "Pünktliches Geld.",
                 "Jemand vom Kreis, der einmal mitkommt.", "Saatgut für den Streifen.", "Eine Karte, die stimmt.",
                 "Zeit bis nach der Ernte."},
      .remarks = {{.article = 3, .quote = "zehn Meter breit", .words = "Zehn Meter sind für uns machbar."},
                  {.article = 4, .words = "Auch keine Gülle auf gefrorenem Boden, bitte."},
                  {.article = 5, .quote = "das Beweiden mit Zaun", .words = "Schafe brauchen dort keinen Zaun."},
                  {.article = 7, .quote = "ohne Antrag", .words = "Sehr gut."},
                  {.article = 8, .words = "Kann man die Karte auf dem Telefon sehen?"},
                  {.article = 9, .quote = "fünf von hundert", .words = "Das ist einmal in zwanzig Jahren."}}};
}

}  // namespace

const Consultation& stream_banks() {
  static const Consultation c{
      .language = de,
      .title = "Wie viel Platz braucht ein Bach?",
      .summary =
          "Entlang kleiner Bäche soll ein Streifen Land ungedüngt und ungepflügt bleiben. Wir wollten wissen, welche "
          "Breite richtig ist und was "
          "es braucht, damit ein Hof den Streifen anlegen kann.",
      .can_change = "Die Breite, die Ausnahmen, die Tage für Mähen und Räumen, der Ausgleich und der Beginn.",
      .cannot_change = "Dass kein Dünger in die Bäche gelangt. Dazu hat sich das Land verpflichtet.",
      .file_name = "uferstreifengesetz.md",
      .law = law,
      .note = note,
      .questions = {"Welche Breite halten Sie für richtig, und warum?",
                    "Was würde Ihnen helfen, den Streifen anzulegen?"},
      .speakers = speakers(),
      .replies = replies(),
      .report = report,
      .pool = pool()};
  return c;
}

}  // namespace polder::app::demo
