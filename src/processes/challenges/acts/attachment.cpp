// challenges.add-attachment and challenges.remove-attachment: files of a statement. Once it is published a file comes
// by a numbered amendment like every other change, with its reason, and none goes.
#include "people/kept_files.h"
#include "processes/challenges/acts/acts.h"

namespace polder::challenges {

struct AddAttachment {
  static constexpr std::string_view name = "challenges.add-attachment";
  Id challenge;
  fields::Line<2'000> ticket;
  std::optional<fields::Text<2'000>> why;  ///< of the amendment that it is
};
BOOST_DESCRIBE_STRUCT(AddAttachment, (), (challenge, ticket, why))

struct RemoveAttachment {
  static constexpr std::string_view name = "challenges.remove-attachment";
  Id challenge;
  Id attachment;
};
BOOST_DESCRIBE_STRUCT(RemoveAttachment, (), (challenge, attachment))

namespace {

/// Before it is published whoever changes a statement wrote it last, and somebody else publishes it.
Effect changed(Doing& doing, Challenge& c, Id made) {
  if (!c.published_at) {
    c.written_by = doing.actor.person;
    store::update(doing.tx, c);
  }
  renew(doing, c);
  return {.visibility = c.published_at ? record::Visibility::open : record::Visibility::parties,
          .made = made,
          .location = "challenges/" + c.slug + (c.published_at ? "/amendments" : "")};
}

Result<Effect> add(House& house, Doing& doing, const AddAttachment& act) {
  Challenge c = challenge_of(doing.tx, act.challenge);
  CHECK_DONE(if_theirs(house, doing, c));
  if (c.published_at && !act.why) return refuse_field("why", {"challenges.say-why"});
  if (store::attachments(doing.tx, c.id).size() >= most_attachments)
    return refuse_field("ticket", {"challenges.no-more-attachments", {{"most", std::int64_t(most_attachments)}}});
  TRY(Claimed file, claim(house, doing.tx, act.ticket.value, attachment_megabytes));
  if (c.published_at) amend_by(house, doing, c, statement_of(doing.tx, c), act.why->value);
  const Attachment made{.id = doing.ids.next(),
                        .challenge = c.id,
                        .version = c.version,
                        .name = std::move(file.name),
                        .type = std::move(file.type),
                        .sha256 = std::move(file.sha256),
                        .path = std::move(file.path),
                        .size = file.size};
  store::insert_attachment(doing.tx, made);
  return changed(doing, c, made.id);
}

Result<Effect> remove(House& house, Doing& doing, const RemoveAttachment& act) {
  Challenge c = challenge_of(doing.tx, act.challenge);
  CHECK_DONE(if_theirs(house, doing, c));
  const auto found = store::attachment(doing.tx, act.attachment);
  if (!found || found->challenge != c.id) return refuse(Why::not_found, {"challenges.no-such-file"});
  store::delete_attachment(doing.tx, found->id);
  people::remove_file_later(house, doing.tx, found->path);
  return changed(doing, c, found->id);
}

}  // namespace

void add_attachment(House& house) {
  house.acts.add(record::declare<AddAttachment>(house, {"draft", "review", "announced", "open"},
                                                of_challenge<AddAttachment>, add));
  house.acts.add(record::declare<RemoveAttachment>(house, {"draft", "review"}, of_challenge<RemoveAttachment>, remove));
}

}  // namespace polder::challenges
