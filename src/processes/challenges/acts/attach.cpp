// challenges.attach and challenges.detach: the files of an entry. A file was streamed in beforehand; whoever sent it
// names it by its ticket (kernel/files), which nobody can make up. What was sealed keeps its files: taking one out of
// the draft takes nothing away from it.
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
  const Statement s = statement_of(doing.tx, c);
  const auto files = store::files(doing.tx, e.id);
  const auto drafted = std::ranges::count_if(files, [](const FileRow& f) { return f.draft; });
  if (drafted >= s.files.value) return refuse_field("ticket", {"challenges.no-more-files", {{"most", s.files.value}}});
  TRY(Claimed file, claim(house, doing.tx, act.ticket.value, s.file_megabytes.value));
  const FileRow row{.id = doing.ids.next(),
                    .entry = e.id,
                    .name = std::move(file.name),
                    .type = std::move(file.type),
                    .sha256 = std::move(file.sha256),
                    .path = std::move(file.path),
                    .size = file.size};
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
