// The consultation that is announced: rain that should not go down the drain. In Dutch.
#include "app/demo_content.h"

namespace polder::app::demo {
namespace {

constexpr std::string_view law = R"(# Wet hemelwater

Ontwerp van het ministerie van Water en Land. Deze wet regelt waar regen van daken en straten blijft.

## Hoofdstuk 1 Algemeen

### Artikel 1 Begrippen

In deze wet wordt verstaan onder:

- **hemelwater**: regen, sneeuw en hagel, en wat daarvan smelt;
- **afkoppelen**: hemelwater niet langer in het vuilwaterriool laten lopen;
- **perceel**: een stuk grond met wat erop staat, van één eigenaar.

### Artikel 2 Regen blijft waar hij valt

Hemelwater wordt zo veel mogelijk vastgehouden waar het valt, daarna vertraagd afgevoerd, en pas als het niet anders kan
in het riool gebracht.

### Artikel 3 Nieuwbouw

Wie bouwt, zorgt dat van elke vierkante meter dak en verharding ten minste 60 liter water op het perceel kan blijven.

## Hoofdstuk 2 Bestaande bebouwing

### Artikel 4 Aanwijzing van een buurt

1. De gemeente kan een buurt aanwijzen waar wordt afgekoppeld.
2. Zij wijst een buurt pas aan nadat zij er met de bewoners over heeft gesproken, en zegt welke straten wanneer aan de
   beurt zijn.

### Artikel 5 Afkoppelen

Binnen drie jaar na de aanwijzing koppelt de eigenaar van een perceel de helft van het dak af dat aan de straat ligt.

### Artikel 6 Hulp

De gemeente betaalt de helft van de kosten, met een hoogste bedrag van 1.500 euro per perceel, en geeft advies aan huis.

### Artikel 7 Wie niet hoeft

Artikel 5 geldt niet waar de bodem het water niet opneemt, waar een monument zou worden geschaad, of waar de kosten hoger
zijn dan 3.000 euro.

## Hoofdstuk 3 Straat en toezicht

### Artikel 8 De straat

Wanneer een straat wordt opgebroken, legt de gemeente haar zo terug dat regen van 70 millimeter in een uur geen huis in loopt.

### Artikel 9 Kaart van wateroverlast

De gemeente publiceert elk jaar een kaart van waar het water stond, en wat zij eraan gaat doen.

### Artikel 10 Inwerkingtreding

Deze wet treedt in werking op 1 juli van het jaar na de bekendmaking.
)";

constexpr std::string_view note = R"(# Waarom deze wet

Bij een zware bui loopt in veel straten het riool over, en met de regen komt ook het vuile water naar boven. Tegelijk is de
grond eronder in augustus kurkdroog. Het is hetzelfde water, op het verkeerde moment op de verkeerde plek.

## Wat verandert er

- Wie nieuw bouwt, houdt de regen op het eigen perceel.
- In buurten die de gemeente aanwijst, gaat de helft van de daken van het riool af, met hulp en met geld.
- Een straat die toch open moet, gaat dicht met ruimte voor water.

## Waar wij over twijfelen

Of drie jaar haalbaar is voor wie weinig geld of tijd heeft, en hoe een huurder iets te zeggen krijgt over een dak dat van
een ander is. Daarover willen wij straks uw mening.
)";

}  // namespace

const Consultation& rain_water() {
  static const Consultation c{
      .language = i18n::Language::nl,
      .title = "Wie haalt de regen van het riool?",
      .summary =
          "De Wet hemelwater vraagt eigenaren om een deel van hun dak van het riool te halen, met hulp en geld van de "
          "gemeente. Straks vragen wij "
          "u wat dat betekent voor uw huis, uw straat en uw portemonnee.",
      .can_change = "De termijn, het bedrag van de hulp, wie niet hoeft, en hoe een buurt wordt gekozen.",
      .cannot_change =
          "Dat vuil water en regen uit elkaar gaan: bij elke grote bui loopt er nu rioolwater in sloten waar kinderen "
          "spelen.",
      .file_name = "wet-hemelwater.md",
      .law = law,
      .note = note,
      .questions = {"Wat zou afkoppelen betekenen voor uw huis of gebouw?",
                    "Hoe wilt u meepraten als uw buurt aan de beurt is?"}};
  return c;
}

}  // namespace polder::app::demo
