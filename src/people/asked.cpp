#include "people/asked.h"

#include "people/acts/acts.h"
#include "people/letters.h"
#include "people/limits.h"

namespace polder::people {
namespace {

constexpr std::int64_t waits_ms = hour_ms;     ///< an answer that comes later than this helps nobody
constexpr std::int64_t kept_ms = 40 * day_ms;  ///< no mail is kept longer, not even one that cannot be delivered

Done mail_sign_up(House& house, storage::WriteTx& tx, const store::Proof& wish) {
  const std::string site = server_name(house);
  if (const auto person = find_person_by_email(tx, wish.email); person && person->has_password)
    return send(house, tx, house.voice(person->language),
                {.to = wish.email,
                 .kind = "people.sign-up",
                 .subject = {"people.mail-have-account-subject", {{"site", site}}},
                 .paragraphs = {{"people.mail-have-account", {{"site", site}}},
                                {"people.mail-link", {{"link", address_of(house, "/account/sign-in")}}},
                                {"people.mail-have-account-forgot"},
                                {"people.mail-link", {{"link", address_of(house, "/account/reset")}}}}});
  // Whoever asked last counts: an older link, perhaps with somebody else's password behind it, opens nothing.
  store::drop_proofs(tx, proof::sign_up, wish.email);
  const std::string secret = store::add_proof(tx, house.random,
                                              {.purpose = std::string(proof::sign_up),
                                               .person = {},
                                               .email = wish.email,
                                               .payload = wish.payload,
                                               .made_at = wish.made_at,
                                               .ends = wish.made_at + sign_up_ms});
  const auto filled_in = boost::json::parse(wish.payload).as_object();
  const auto language = i18n::parse_language(fields::text_of(filled_in.if_contains("language")).value_or(""));
  return send(house, tx, house.voice(language.value_or(i18n::Language::en)),
              {.to = wish.email,
               .kind = "people.sign-up",
               .subject = {"people.mail-sign-up-subject", {{"site", site}}},
               .paragraphs = {{"people.mail-sign-up", {{"site", site}}},
                              {"people.mail-link", {{"link", address_of(house, "/account/confirm/" + secret)}}},
                              {"people.mail-sign-up-not-you"}}});
}

Done mail_reset(House& house, storage::WriteTx& tx, const store::Proof& wish) {
  const auto person = find_person_by_email(tx, wish.email);
  if (!person) return {};
  const std::string secret = store::add_proof(tx, house.random,
                                              {.purpose = std::string(proof::reset),
                                               .person = person->id,
                                               .email = wish.email,
                                               .payload = {},
                                               .made_at = wish.made_at,
                                               .ends = wish.made_at + reset_ms});
  const std::string site = server_name(house);
  return send(house, tx, house.voice(person->language),
              {.to = wish.email,
               .kind = "people.reset-password",
               .subject = {"people.mail-reset-subject", {{"site", site}}},
               .paragraphs = {{"people.mail-reset", {{"site", site}}},
                              {"people.mail-link", {{"link", address_of(house, "/account/reset/" + secret)}}},
                              {"people.mail-reset-not-you"}}});
}

/// To an address that has an account already: a mail that says so, so that only who reads it there learns of that.
Done mail_new_email(House& house, storage::WriteTx& tx, const store::Proof& wish) {
  const auto id = parse_id(wish.payload);
  const auto person = id ? find_person(tx, *id) : std::nullopt;
  if (!person) return {};
  store::keep_other_address(tx, person->id, {wish.email, wish.made_at + kept_ms});
  const std::string site = server_name(house);
  const auto t = house.voice(person->language);
  if (find_person_by_email(tx, wish.email))
    return send(house, tx, t,
                {.to = wish.email,
                 .kind = "people.change-email",
                 .subject = {"people.mail-have-account-subject", {{"site", site}}},
                 .paragraphs = {{"people.mail-address-has-account", {{"site", site}}},
                                {"people.mail-link", {{"link", address_of(house, "/account/sign-in")}}}}});
  const std::string secret = store::add_proof(tx, house.random,
                                              {.purpose = std::string(proof::new_email),
                                               .person = person->id,
                                               .email = wish.email,
                                               .payload = {},
                                               .made_at = wish.made_at,
                                               .ends = wish.made_at + new_email_ms});
  return send(house, tx, t,
              {.to = wish.email,
               .kind = "people.change-email",
               .subject = {"people.mail-new-email-subject", {{"site", site}}},
               .paragraphs = {{"people.mail-new-email", {{"site", site}}},
                              {"people.mail-link", {{"link", address_of(house, "/account/email/" + secret)}}},
                              {"people.mail-new-email-not-you"}}});
}

jobs::Outcome answer(House& house, const jobs::Job& job) {
  const std::string secret(boost::json::parse(job.payload).as_string());
  const auto done = house.database.write([&](storage::WriteTx& tx) -> Done {
    const Time now = house.clock.now();
    if (const auto wish = store::find_proof(tx, asked::sign_up, secret, now))
      CHECK_DONE(mail_sign_up(house, tx, *wish));
    if (const auto wish = store::find_proof(tx, asked::reset, secret, now)) CHECK_DONE(mail_reset(house, tx, *wish));
    if (const auto wish = store::find_proof(tx, asked::new_email, secret, now))
      CHECK_DONE(mail_new_email(house, tx, *wish));
    store::spend_proof(tx, secret);
    return jobs::finish(tx, job);
  });
  return done ? jobs::Outcome{} : jobs::Outcome::retry(done.error().message.key);
}

}  // namespace

Done ask_by_mail(Visit& visit, std::string_view what, const std::string& email, std::string payload) {
  House& house = visit.house;
  return house.database.write([&](storage::WriteTx& tx) -> Done {
    CHECK_DONE(spend(house, tx, mails_from_place, visit.request.remote));
    CHECK_DONE(spend(house, tx, mails_to_address, email));
    const std::string secret = store::add_proof(tx, house.random,
                                                {.purpose = std::string(what),
                                                 .person = {},
                                                 .email = email,
                                                 .payload = payload,
                                                 .made_at = visit.now,
                                                 .ends = visit.now + waits_ms});
    house.queue.enqueue(tx, "people.asked", boost::json::serialize(boost::json::string(secret)), visit.now);
    return {};
  });
}

void add_asked(House& house) {
  house.job_handlers.push_back({"people.asked", [&house](const jobs::Job& job) { return answer(house, job); }});
}

}  // namespace polder::people
