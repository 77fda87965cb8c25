// How this room moves in.
#include "people/applications.h"
#include "people/asked.h"
#include "people/erasure.h"
#include "people/housekeeping.h"
#include "people/kept_files.h"
#include "people/pages.h"
#include "people/people.h"

namespace polder::people {

void add_words(governance::Vocabulary& words) {
  const auto act = [&](std::string name, std::string sentence, bool by_clock = false) {
    words.acts.push_back({.name = std::move(name), .words = std::move(sentence), .by_clock = by_clock});
  };
  act("people.sign-up", "people.may-sign-up");
  act("people.change-name", "people.may-change-name");
  act("people.change-language", "people.may-change-language");
  act("people.change-email", "people.may-change-email");
  act("people.change-password", "people.may-change-password");
  act("people.reset-password", "people.may-reset-password");
  act("people.erase", "people.may-erase");
  act("people.retire", "people.may-retire", true);
  act("people.create-token", "people.may-create-token");
  act("people.revoke-token", "people.may-revoke-token");
  act("organisations.create", "people.may-create-organisation");
  act("organisations.invite", "people.may-invite");
  act("organisations.join", "people.may-join");
  act("organisations.leave", "people.may-leave");
  act("organisations.describe", "people.may-describe-organisation");
  act("organisations.declare-owner", "people.may-declare-owner");
  act("organisations.confirm-owner", "people.may-confirm-owner");
  act("organisations.end-ownership", "people.may-end-ownership");
}

void install(House& house) {
  house.passwords = std::make_shared<PasswordPool>(house.settings.password_cost, house.random);
  add_sign_up(house);
  add_change_name(house);
  add_change_language(house);
  add_change_email(house);
  add_change_password(house);
  add_reset_password(house);
  add_erase(house);
  add_retire(house);
  add_create_token(house);
  add_revoke_token(house);
  add_create_organisation(house);
  add_invite(house);
  add_join(house);
  add_leave(house);
  add_describe_organisation(house);
  add_ownership(house);
  // The account's own paths before those of platforms: "/account/confirm/…" is no platform's.
  add_sign_in_pages(house);
  add_sign_up_pages(house);
  add_password_pages(house);
  add_account_pages(house);
  add_email_pages(house);
  add_erase_pages(house);
  add_token_pages(house);
  add_organisation_pages(house);
  add_pending_pages(house);
  add_asked(house);
  add_applications(house);
  add_kept_files(house);
  add_erasure(house);
  add_housekeeping(house);
}

}  // namespace polder::people
