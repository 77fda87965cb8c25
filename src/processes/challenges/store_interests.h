// What solvers say they know, and the words of published statements that it is looked for in: SQL of
// store_interests.cpp. Interests are read for whoever said them and for the mail they asked for, and for nothing else.
#pragma once

#include <functional>

#include "processes/challenges/interests.h"
#include "processes/challenges/store.h"

namespace polder::challenges::store {

struct Interests {
  Id platform{}, person{};
  std::string areas;      ///< with commas between
  bool matching = false;  ///< off: nothing is looked for
  bool mail = false;      ///< only where `matching` is on too
};

std::optional<Interests> interests(ReadTx& tx, Id platform, Id person);
std::vector<Interests> all_interests_of(ReadTx& tx, Id person);
/// Those who want a mail about what matches on this platform, by person after `after`.
std::vector<Interests> to_be_told(ReadTx& tx, Id platform, Id after, std::int64_t limit);
void put_interests(WriteTx& tx, const Interests& i);
void delete_interests(WriteTx& tx, Id platform, Id person);
void erase_interests(WriteTx& tx, Id person);

/// Kept from publication on, and again with each amendment, so that no page compares whole statements.
void put_words(WriteTx& tx, Id challenge, const Spoken& words);
std::optional<Spoken> words_of(ReadTx& tx, Id challenge);
/// Of the challenges that are announced or open, those that close last first, at most 200; one at a time.
void each_words(ReadTx& tx, Id platform, Time now, const std::function<void(Id challenge, const Spoken&)>& each);

}  // namespace polder::challenges::store
