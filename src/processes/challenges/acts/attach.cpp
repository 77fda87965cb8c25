// challenges.attach and challenges.detach: the files of an entry. A file was streamed in beforehand; whoever sent it
// names it by its ticket (kernel/files), which nobody can make up. What was sealed keeps its files: taking one out of
// the draft takes nothing away from it.
#include "kernel/files/name.h"
#include "people/kept_files.h"
#include "processes/challenges/acts/acts.h"
#include "processes/challenges/store_solvers.h"

namespace polder::challenges {

struct Attach {
  static constexpr std::string_view name = "challenges.attach";
  Id challenge;
  Id entry;
  fields::Line<2'000> ticket;
};
BOOST_DESCRIBE_STRUCT(Attach, (), (challenge, entry, ticket))

struct Detach {
  static constexpr std::string_view name = "challenges.detach";
  Id challenge;
  Id entry;
  Id file;
};
BOOST_DESCRIBE_STRUCT(Detach, (), (challenge, entry, file))

namespace {

Effect at_the_entry(const Challenge& c, Id entry, Id made) {
  return {.visibility = record::Visibility::hidden,
          .made = made,
          .location = "challenges/" + c.slug + "/entries/" + str(entry)};
}

Result<Effect> attach(House& house, Doing& doing, const Attach& act) {
  const Challenge c = challenge_of(doing.tx, act.challenge);
  TRY(const Entry e, own_draft(doing, c, act.entry));
  auto claimed = house.files.redeem(act.ticket.value);
  if (!claimed) return refuse_field("ticket", claimed.error().message);
  const auto& [stored, label] = *claimed;
  const Statement s = statement_of(doing.tx, c);
  const auto files = store::files(doing.tx, e.id);
  const auto drafted = std::ranges::count_if(files, [](const FileRow& f) { return f.draft; });
  if (drafted >= s.files.value) return refuse_field("ticket", {"challenges.no-more-files", {{"most", s.files.value}}});
  if (stored.size > file_limit(s))
    return refuse_field("ticket", {"web.file-too-large", {{"name", label}, {"most", double(s.file_megabytes.value)}}});
  const auto* kind = files::kind_of(files::extension(label));
  if (kind == nullptr) return refuse_field("ticket", {"challenges.no-such-file"});
  // A ticket is good for one: two rows that name one file would each think it theirs to remove.
  if (people::is_named(house, doing.tx, stored.id)) return refuse_field("ticket", {"challenges.attached-already"});
  const FileRow row{.id = doing.ids.next(),
                    .entry = e.id,
                    .name = label,
                    .type = std::string(kind->mime),
                    .sha256 = hex(crypto::view(stored.sha256)),
                    .path = stored.id,
                    .size = std::int64_t(stored.size)};
  store::insert_file(doing.tx, c.id, row, doing.now);
  return at_the_entry(c, e.id, row.id);
}

Result<Effect> detach(House& house, Doing& doing, const Detach& act) {
  const Challenge c = challenge_of(doing.tx, act.challenge);
  TRY(const Entry e, own_draft(doing, c, act.entry));
  const auto file = store::file(doing.tx, act.file);
  if (!file || file->entry != e.id || !file->draft) return refuse(Why::not_found, {"challenges.no-such-file"});
  if (store::drop_file(doing.tx, *file)) people::remove_file_later(house, doing.tx, file->path);
  return at_the_entry(c, e.id, file->id);
}

}  // namespace

void add_attach(House& house) {
  house.acts.add(record::declare<Attach>(house, {"announced", "open"}, before_it_closes<Attach>, attach));
  house.acts.add(record::declare<Detach>(house, {"announced", "open"}, before_it_closes<Detach>, detach));
}

}  // namespace polder::challenges
