// people.change-email: a person is found at another address from now on, which they have shown to read. What they may
// do and where they are asked goes with them; what waits for the old address does not, for somebody else may read it
// there.
#include "people/acts/acts.h"
#include "people/letters.h"

namespace polder::people {

struct ChangeEmail {
  static constexpr std::string_view name = "people.change-email";
  fields::Password proof;
};
BOOST_DESCRIBE_STRUCT(ChangeEmail, (), (proof))

namespace {

Result<Effect> apply(House& house, Doing& doing, const ChangeEmail& act) {
  TRY(const Person person, person_of(doing));
  const auto found = store::find_proof(doing.tx, proof::new_email, act.proof.value, doing.now);
  if (!found || found->person != person.id) return refuse(Why::not_found, {"people.link-over"});
  if (find_person_by_email(doing.tx, found->email)) return refuse(Why::conflict, {"people.address-taken"});

  store::set_email(doing.tx, person.id, found->email);
  store::keep_other_address(doing.tx, person.id, {person.email, std::nullopt});
  store::move_invitations(doing.tx, person.email, found->email);
  governance::move_address(doing.tx, person.email, found->email);
  store::forget_address(doing.tx, person.email);
  store::drop_proofs_of(doing.tx, person.id);

  const std::string site = server_name(house);
  CHECK_DONE(send(house, doing.tx, house.voice(person.language),
                  {.to = person.email,
                   .kind = "people.change-email",
                   .subject = {"people.mail-email-changed-subject", {{"site", site}}},
                   .paragraphs = {{"people.mail-email-changed",
                                   {{"site", site}, {"at", Moment{doing.now.ms}}, {"email", masked(found->email)}}},
                                  {"people.mail-email-changed-not-you"}}}));
  return Effect{.visibility = Visibility::hidden, .location = "account"};
}

}  // namespace

void add_change_email(House& house) {
  house.acts.add(record::declare<ChangeEmail>(house, {}, account<ChangeEmail>, apply));
}

}  // namespace polder::people
