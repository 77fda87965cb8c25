// organisations.describe: what kind it is, and from which country.
#include "people/acts/organisation.h"

namespace polder::people {

struct DescribeOrganisation {
  static constexpr std::string_view name = "organisations.describe";
  Id organisation;
  OrganisationKind kind{};
  std::optional<Country> country;
};
BOOST_DESCRIBE_STRUCT(DescribeOrganisation, (), (organisation, kind, country))

namespace {

Result<Effect> apply(House&, Doing& doing, const DescribeOrganisation& act) {
  CHECK_DONE(administrator_of(doing, act.organisation));
  store::describe_organisation(doing.tx, act.organisation, fields::word_of(act.kind),
                               act.country ? act.country->code : "");
  return Effect{.visibility = Visibility::parties, .location = "account/organisations/" + str(act.organisation)};
}

}  // namespace

void add_describe_organisation(House& house) {
  house.acts.add(record::declare<DescribeOrganisation>(house, {}, organisation_of<DescribeOrganisation>, apply));
}

}  // namespace polder::people
