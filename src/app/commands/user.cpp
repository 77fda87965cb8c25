// polder user administrator: for an operator who has lost every administrator's account.
#include <iostream>

#include "app/commands/terminal.h"
#include "app/setup.h"
#include "people/passwords.h"
#include "people/store.h"

namespace polder::app {
namespace {

struct Wishes {
  std::string email, name;
};

/// The password comes by standard input: an argument can be read by every user of the machine.
Done make(Terminal& terminal, people::House& house, const Wishes& wishes) {
  TRY(const std::string email, text::normal_email(wishes.email));
  std::string password;
  std::getline(std::cin, password);
  CHECK_DONE(people::check_password("password", password, email));
  TRY(const std::string encoded, house.passwords->hash(password));
  TRY(const Id person, house.database.write([&](storage::WriteTx& tx) -> Result<Id> {
    TRY(const Id made, make_administrator(house, tx, wishes.name, email, encoded, i18n::Language::en));
    people::store::end_sessions(tx, made);
    return made;
  }));
  terminal.out() << terminal.say({"app.administrator-made", {{"id", str(person)}}}) << '\n';
  return {};
}

}  // namespace

void add_user(CLI::App& app, Terminal& terminal) {
  auto* group = app.add_subcommand("user", "People, for the operator")->require_subcommand(1);
  auto* command = group->add_subcommand(
      "administrator", "Make somebody the server's administrator; the password is read from standard input");
  const auto wishes = std::make_shared<Wishes>();
  terminal.needs_house(*command);
  command->add_option("EMAIL", wishes->email)->required();
  command->add_option("--name", wishes->name, "Of a person who is not there yet");
  command->callback(
      [wishes, &terminal] { terminal.in_house([&](people::House& house) { return make(terminal, house, *wishes); }); });
}

}  // namespace polder::app
