// organisations.invite: an administrator of an organisation asks somebody in, by address; whether the address has an
// account is nobody's to learn.
#include "people/acts/acts.h"
#include "people/letters.h"
#include "people/limits.h"

namespace polder::people {

enum class MemberRole { member, administrator };
BOOST_DESCRIBE_ENUM(MemberRole, member, administrator)

struct Invite {
  static constexpr std::string_view name = "organisations.invite";
  Id organisation;
  fields::Email email;
  MemberRole role{};
};
BOOST_DESCRIBE_STRUCT(Invite, (), (organisation, email, role))

namespace {

constexpr std::size_t most_invitations = 500;

Result<Effect> apply(House& house, Doing& doing, const Invite& act) {
  TRY(const Person person, person_of(doing));
  if (store::role_in(doing.tx, act.organisation, person.id) != "administrator")
    return refuse(Why::forbidden, {"people.administrators-invite"});
  if (const auto there = find_person_by_email(doing.tx, act.email.value);
      there && store::role_in(doing.tx, act.organisation, there->id))
    return refuse_field("email", {"people.member-already"});
  if (store::invitations_of(doing.tx, act.organisation).size() >= most_invitations)
    return refuse(Why::conflict, {"people.too-many-invitations"});
  CHECK_DONE(spend(house, doing.tx, invitations_by_person, str(person.id)));
  CHECK_DONE(spend(house, doing.tx, mails_to_address, act.email.value));
  store::put_invitation(doing.tx, act.organisation, act.email.value, fields::word_of(act.role), doing.now);
  // In the language of who invites: the other one's, if we know it, is not theirs to learn. And without their name: a
  // mail to somebody else is where erasure does not look.
  const auto organisation = store::organisation(doing.tx, act.organisation);
  CHECK_DONE(send(house, doing.tx, house.voice(person.language),
                  {.to = act.email.value,
                   .kind = "organisations.invite",
                   .subject = {"people.mail-invited-subject", {{"organisation", organisation->name}}},
                   .paragraphs = {{"people.mail-invited", {{"organisation", organisation->name}}},
                                  {"people.mail-link", {{"link", address_of(house, "/account/organisations")}}},
                                  {"people.mail-invited-how", {{"email", act.email.value}}}}}));
  const std::string there = "account/organisations/" + str(act.organisation);
  return Effect{.visibility = Visibility::hidden, .location = there};
}

}  // namespace

void add_invite(House& house) { house.acts.add(record::declare<Invite>(house, {}, organisation_of<Invite>, apply)); }

}  // namespace polder::people
