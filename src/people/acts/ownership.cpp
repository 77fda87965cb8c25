// organisations.declare-owner, .confirm-owner and .end-ownership: one organisation says that it is part of another, the
// other says that this is so, and either may end it. Each side speaks through its administrators.
#include "people/acts/organisation.h"
#include "people/affiliations.h"

namespace polder::people {

struct DeclareOwner {
  static constexpr std::string_view name = "organisations.declare-owner";
  Id organisation;
  Id part_of;
};
BOOST_DESCRIBE_STRUCT(DeclareOwner, (), (organisation, part_of))

struct ConfirmOwner {
  static constexpr std::string_view name = "organisations.confirm-owner";
  Id organisation;  ///< the part
};
BOOST_DESCRIBE_STRUCT(ConfirmOwner, (), (organisation))

struct EndOwnership {
  static constexpr std::string_view name = "organisations.end-ownership";
  Id organisation;  ///< the part
};
BOOST_DESCRIBE_STRUCT(EndOwnership, (), (organisation))

namespace {

Effect told(Id organisation) {
  return {.visibility = Visibility::parties, .location = "account/organisations/" + str(organisation)};
}

/// No organisation owns itself, however far round, and no chain is longer than those who read it look.
Done fits(storage::ReadTx& tx, Id part, Id owner) {
  const auto above = store::owners(tx, owner);
  if (part == owner || std::ranges::find(above, part) != above.end())
    return refuse_field("part-of", {"people.owns-itself"});
  if (std::int64_t(above.size()) + 1 + store::parts_deep(tx, part) > longest_chain)
    return refuse_field("part-of", {"people.chain-too-long", {{"max", longest_chain}}});
  return {};
}

Result<Effect> declare_owner(House&, Doing& doing, const DeclareOwner& act) {
  CHECK_DONE(administrator_of(doing, act.organisation));
  if (!store::organisation(doing.tx, act.part_of)) return refuse_field("part-of", {"people.no-such-owner"});
  CHECK_DONE(fits(doing.tx, act.organisation, act.part_of));
  store::set_owner(doing.tx, act.organisation, act.part_of, false);
  return told(act.organisation);
}

Result<Effect> confirm_owner(House&, Doing& doing, const ConfirmOwner& act) {
  const auto part = store::organisation(doing.tx, act.organisation);
  if (!part->part_of) return refuse(Why::not_found, {"people.no-organisation"});
  CHECK_DONE(administrator_of(doing, *part->part_of));
  store::set_owner(doing.tx, part->id, part->part_of, true);
  return told(*part->part_of);
}

Result<Effect> end_ownership(House&, Doing& doing, const EndOwnership& act) {
  const auto part = store::organisation(doing.tx, act.organisation);
  if (!part->part_of) return refuse(Why::not_found, {"people.no-organisation"});
  const bool of_part = administrator_of(doing, part->id).has_value();
  if (!of_part) CHECK_DONE(administrator_of(doing, *part->part_of));
  store::set_owner(doing.tx, part->id, std::nullopt, false);
  return told(of_part ? part->id : *part->part_of);
}

}  // namespace

void add_ownership(House& house) {
  house.acts.add(record::declare<DeclareOwner>(house, {}, organisation_of<DeclareOwner>, declare_owner));
  house.acts.add(record::declare<ConfirmOwner>(house, {}, organisation_of<ConfirmOwner>, confirm_owner));
  house.acts.add(record::declare<EndOwnership>(house, {}, organisation_of<EndOwnership>, end_ownership));
}

}  // namespace polder::people
