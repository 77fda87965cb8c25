#include "people/acts/organisation.h"

#include "people/letters.h"

namespace polder::people {

Result<Subject> account_subject(Id platform) {
  if (platform != record::server_platform) return refuse(Why::not_found, {"people.not-here"});
  return Subject{.path = "people/account"};
}

Result<Subject> organisation_subject(storage::ReadTx& tx, Id platform, Id organisation) {
  if (platform != record::server_platform || !store::organisation(tx, organisation))
    return refuse(Why::not_found, {"people.no-organisation"});
  return Subject{.path = "organisations/" + str(organisation)};
}

Result<Person> person_of(Doing& doing) {
  auto person = doing.actor.is_person() ? find_person(doing.tx, doing.actor.person) : std::nullopt;
  if (!person) return refuse(Why::unauthorized, {"people.sign-in-first"});
  return *std::move(person);
}

Result<Person> administrator_of(Doing& doing, Id organisation) {
  TRY(Person person, person_of(doing));
  const auto role = store::role_in(doing.tx, organisation, person.id);
  if (!role) return refuse(Why::not_found, {"people.no-organisation"});
  if (role != "administrator") return refuse(Why::forbidden, {"people.administrators-only"});
  return person;
}

Done spend_owner_proof(Doing& doing, std::string_view secret) {
  const auto found = store::find_proof(doing.tx, proof::owner, secret, doing.now);
  if (!found || found->person != doing.actor.person) return refuse(Why::forbidden, {"people.link-over"});
  store::spend_proof(doing.tx, secret);
  return {};
}

Done take_password(House& house, Doing& doing, const Person& person, std::string_view encoded) {
  store::set_password(doing.tx, person.id, encoded);
  store::end_sessions(doing.tx, person.id);
  store::drop_proofs(doing.tx, proof::reset, person.email);
  store::drop_proofs(doing.tx, proof::owner, person.email);
  return send(house, doing.tx, house.voice(person.language),
              {.to = person.email,
               .kind = "people.password",
               .subject = {"people.mail-password-subject", {{"site", server_name(house)}}},
               .paragraphs = {{"people.mail-password", {{"site", server_name(house)}, {"at", Moment{doing.now.ms}}}},
                              {"people.mail-password-not-you"},
                              {"people.mail-link", {{"link", address_of(house, "/account/reset")}}}}});
}

}  // namespace polder::people
