// people.create-token: a key with which a program acts in a person's name. Whoever calls chooses the secret and keeps
// it; what is kept here is its hash.
#include <algorithm>

#include "people/acts/acts.h"

namespace polder::people {

/// Everything its owner may read; everything its owner may do on platforms. Never the account itself.
enum class Scope { read, act };
BOOST_DESCRIBE_ENUM(Scope, read, act)

struct CreateToken {
  static constexpr std::string_view name = "people.create-token";
  fields::Line<80> token_name;
  fields::List<Scope, 2> scopes;
  fields::Number<1, 366> days;
  fields::Password secret;
};
BOOST_DESCRIBE_STRUCT(CreateToken, (), (token_name, scopes, days, secret))

namespace {

constexpr std::size_t most_tokens = 50;

Result<Effect> apply(House&, Doing& doing, const CreateToken& act) {
  TRY(const Person person, person_of(doing));
  std::vector<std::string> scopes;
  for (const Scope scope : act.scopes.items) scopes.push_back(fields::word_of(scope));
  if (scopes.empty()) return refuse_field("scopes", {"fields.choose"});
  const std::string& secret = act.secret.value;
  if (!secret.starts_with(token_prefix) || secret.size() < token_prefix.size() + 43)
    return refuse_field("secret", {"people.token-weak", {{"prefix", std::string(token_prefix)}}});
  if (store::tokens_of(doing.tx, person.id).size() >= most_tokens)
    return refuse(Why::conflict, {"people.too-many-tokens", {{"max", std::int64_t(most_tokens)}}});
  const Id id = doing.ids.next();
  store::insert_token(doing.tx, person.id,
                      {.id = id,
                       .name = act.token_name.value,
                       .scopes = std::move(scopes),
                       .made_at = doing.now,
                       .last_used = {},
                       .ends = doing.now + act.days.value * day_ms},
                      secret);
  return Effect{.visibility = Visibility::hidden, .made = id, .location = "account/tokens"};
}

}  // namespace

void add_create_token(House& house) {
  house.acts.add(record::declare<CreateToken>(house, {}, account<CreateToken>, apply));
}

}  // namespace polder::people
