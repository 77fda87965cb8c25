// people.change-language: the language of a person's mails, and of pages where their browser says nothing else.
#include "people/acts/acts.h"

namespace polder::people {

struct ChangeLanguage {
  static constexpr std::string_view name = "people.change-language";
  Speaks language{};
};
BOOST_DESCRIBE_STRUCT(ChangeLanguage, (), (language))

namespace {

Result<Effect> apply(House&, Doing& doing, const ChangeLanguage& act) {
  TRY(const Person person, person_of(doing));
  store::set_language(doing.tx, person.id, language_of(act.language));
  return Effect{.visibility = Visibility::hidden, .location = "account"};
}

}  // namespace

void add_change_language(House& house) {
  house.acts.add(record::declare<ChangeLanguage>(house, {}, account<ChangeLanguage>, apply));
}

}  // namespace polder::people
