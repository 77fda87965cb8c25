// organisations.create: people act together under a name; who makes it administers it.
#include "people/acts/organisation.h"

namespace polder::people {

struct CreateOrganisation {
  static constexpr std::string_view name = "organisations.create";
  fields::Line<120> organisation_name;
  OrganisationKind kind{};
  std::optional<Country> country;
};
BOOST_DESCRIBE_STRUCT(CreateOrganisation, (), (organisation_name, kind, country))

namespace {

Result<Subject> find(House&, storage::ReadTx&, Id platform, const CreateOrganisation&) {
  if (platform != record::server_platform) return refuse(Why::not_found, {"people.not-here"});
  return Subject{.path = "organisations/new"};  // it has no id before it is made
}

Result<Effect> apply(House&, Doing& doing, const CreateOrganisation& act) {
  TRY(const Person person, person_of(doing));
  const Id id = doing.ids.next();
  store::insert_organisation(doing.tx, {.id = id,
                                        .name = act.organisation_name.value,
                                        .kind = fields::word_of(act.kind),
                                        .made_at = doing.now,
                                        .country = act.country ? act.country->code : ""});
  store::put_member(doing.tx, id, person.id, "administrator", doing.now);
  return Effect{.visibility = Visibility::nameless, .made = id, .location = "account/organisations/" + str(id)};
}

}  // namespace

void add_create_organisation(House& house) {
  house.acts.add(record::declare<CreateOrganisation>(house, {}, find, apply));
}

}  // namespace polder::people
