// The acts of this room, one a file, and what they share. All are in the server's own record, under subjects that name
// no person; what they say of a person is hidden from everybody else and goes with erasure.
#pragma once

#include "people/house.h"
#include "people/passwords.h"
#include "people/store.h"
#include "record/acts.h"

namespace polder::people {

using record::Doing;
using record::Effect;
using record::Subject;
using record::Visibility;

void add_sign_up(House& house);
void add_change_name(House& house);
void add_change_language(House& house);
void add_change_email(House& house);
void add_change_password(House& house);
void add_reset_password(House& house);
void add_erase(House& house);
void add_retire(House& house);
void add_create_token(House& house);
void add_revoke_token(House& house);
void add_create_organisation(House& house);
void add_invite(House& house);
void add_join(House& house);
void add_leave(House& house);
void add_describe_organisation(House& house);
void add_ownership(House& house);

/// What a proof (store.h) is good for. Those of asked.h are good for a mail only.
namespace proof {
inline constexpr std::string_view sign_up = "sign-up";      ///< payload: what was filled in, the password as a hash
inline constexpr std::string_view reset = "reset";          ///< by mail, for one who cannot sign in
inline constexpr std::string_view owner = "owner";          ///< by the password just typed or by mail: it is really you
inline constexpr std::string_view new_email = "new-email";  ///< by mail to `email`, which `person` wants to have
}  // namespace proof

/// The languages a person may have mail and pages in (i18n::Language, as a field).
enum class Speaks { en, nl, de };
BOOST_DESCRIBE_ENUM(Speaks, en, nl, de)
inline i18n::Language language_of(Speaks speaks) { return *i18n::parse_language(fields::word_of(speaks)); }

/// Every act on an account is about "people/account".
Result<Subject> account_subject(Id platform);
template <class A>
Result<Subject> account(House&, storage::ReadTx&, Id platform, const A&) {
  return account_subject(platform);
}

/// About "organisations/<id>". Only its members know who else is in it: to others it is not there.
Result<Subject> organisation_subject(storage::ReadTx& tx, Id platform, Id organisation);
template <class A>
Result<Subject> organisation_of(House&, storage::ReadTx& tx, Id platform, const A& act) {
  return organisation_subject(tx, platform, act.organisation);
}

/// The person who acts, as they are now; the console and somebody erased a moment ago are nobody.
Result<Person> person_of(Doing& doing);

/// Takes the proof that this is really the person who acts; it is spent.
Done spend_owner_proof(Doing& doing, std::string_view secret);

/// A new password: whoever else is signed in is so no longer, open links are worth nothing, and the owner is told.
Done take_password(House& house, Doing& doing, const Person& person, std::string_view encoded);

/// An act with a new password in its field `password`: checked and hashed while it is read, outside any transaction.
template <class A>
record::ActKind declare_with_password(House& house,
                                      Result<Effect> (*apply)(House&, Doing&, const A&, const std::string& encoded)) {
  return {std::string(A::name),
          {},
          fields::describe<A>(),
          [&house, apply](const boost::json::object& raw) -> Result<record::Ready> {
            TRY(A act, fields::read<A>(raw));
            CHECK_DONE(check_password("password", act.password.value, {}));
            TRY(std::string encoded, house.passwords->hash(act.password.value));
            const auto shared = std::make_shared<const A>(std::move(act));
            return record::Ready{
                fields::write(*shared),
                [&house, shared](storage::ReadTx& tx, Id platform) { return account(house, tx, platform, *shared); },
                [&house, shared, apply, encoded](Doing& doing) { return apply(house, doing, *shared, encoded); }};
          }};
}

}  // namespace polder::people
