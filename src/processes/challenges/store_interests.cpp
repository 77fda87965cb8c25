#include "processes/challenges/store_interests.h"

namespace polder::challenges::store {
namespace {

using storage::Row;
using storage::Statement;

constexpr Statement select_one{"challenges.interests",
                               "SELECT platform, person, areas, matching, mail FROM challenge_interests "
                               "WHERE platform = $1 AND person = $2"};
constexpr Statement select_of_person{"challenges.interests-of-person",
                                     "SELECT platform, person, areas, matching, mail FROM challenge_interests "
                                     "WHERE person = $1 ORDER BY platform"};
constexpr Statement select_to_be_told{"challenges.interests-to-be-told",
                                      "SELECT platform, person, areas, matching, mail FROM challenge_interests "
                                      "WHERE platform = $1 AND person > $2 AND matching = TRUE AND mail = TRUE "
                                      "ORDER BY person LIMIT $3"};
constexpr Statement put_one{"challenges.put-interests",
                            "INSERT INTO challenge_interests (platform, person, areas, matching, mail) "
                            "VALUES ($1, $2, $3, $4, $5) ON CONFLICT (platform, person) DO UPDATE SET "
                            "areas = excluded.areas, matching = excluded.matching, mail = excluded.mail"};
constexpr Statement remove_one{"challenges.delete-interests",
                               "DELETE FROM challenge_interests WHERE platform = $1 AND person = $2"};
constexpr Statement remove_all{"challenges.erase-interests", "DELETE FROM challenge_interests WHERE person = $1"};

constexpr Statement put_spoken{"challenges.put-words",
                               "INSERT INTO challenge_words (challenge, title, summary, problem, solution) "
                               "VALUES ($1, $2, $3, $4, $5) ON CONFLICT (challenge) DO UPDATE SET "
                               "title = excluded.title, summary = excluded.summary, problem = excluded.problem, "
                               "solution = excluded.solution"};
constexpr Statement select_words{
    "challenges.words",
    "SELECT challenge, title, summary, problem, solution FROM challenge_words WHERE challenge = $1"};
constexpr Statement select_each{
    "challenges.each-words",
    "SELECT w.challenge, w.title, w.summary, w.problem, w.solution FROM challenges c "
    "JOIN challenge_words w ON w.challenge = c.id WHERE c.platform = $1 AND "
    "c.phase IN (2, 3) AND c.closes_at > $2 ORDER BY c.closes_at DESC, c.id DESC LIMIT 200"};

Interests decode(const Row& r) {
  return {.platform = r.get<Id>(0),
          .person = r.get<Id>(1),
          .areas = r.get<std::string>(2),
          .matching = r.boolean(3),
          .mail = r.boolean(4)};
}

Spoken decode_words(const Row& r) {
  return {r.get<std::string>(1), r.get<std::string>(2), r.get<std::string>(3), r.get<std::string>(4)};
}

}  // namespace

std::optional<Interests> interests(ReadTx& tx, Id platform, Id person) {
  return tx.one<Interests>(select_one, decode, platform, person);
}

std::vector<Interests> all_interests_of(ReadTx& tx, Id person) {
  return tx.all<Interests>(select_of_person, decode, person);
}

std::vector<Interests> to_be_told(ReadTx& tx, Id platform, Id after, std::int64_t limit) {
  return tx.all<Interests>(select_to_be_told, decode, platform, after, limit);
}

void put_interests(WriteTx& tx, const Interests& i) {
  tx.exec(put_one, i.platform, i.person, i.areas, i.matching, i.mail);
}

void delete_interests(WriteTx& tx, Id platform, Id person) { tx.exec(remove_one, platform, person); }

void erase_interests(WriteTx& tx, Id person) { tx.exec(remove_all, person); }

void put_words(WriteTx& tx, Id challenge, const Spoken& words) {
  tx.exec(put_spoken, challenge, words[0], words[1], words[2], words[3]);
}

std::optional<Spoken> words_of(ReadTx& tx, Id challenge) {
  return tx.one<Spoken>(select_words, decode_words, challenge);
}

void each_words(ReadTx& tx, Id platform, Time now, const std::function<void(Id challenge, const Spoken&)>& each) {
  tx.each(select_each, [&](const Row& r) { each(r.get<Id>(0), decode_words(r)); }, platform, now);
}

}  // namespace polder::challenges::store
