// The tables of platforms. The only SQL of this room is in store.cpp.
#pragma once

#include "governance/platforms.h"

namespace polder::governance::store {

struct PlatformRow {
  Id id{};
  std::string slug, charter;
  Time made_at;
};

std::vector<PlatformRow> platforms(storage::ReadTx& tx);
bool slug_taken(storage::ReadTx& tx, std::string_view slug);
void insert_platform(storage::WriteTx& tx, const PlatformRow& row);
void change_charter(storage::WriteTx& tx, Id platform, std::string_view charter);

}  // namespace polder::governance::store
