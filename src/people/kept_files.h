// Kept files and the rows that name them (kernel/files): a file goes after its row has gone, and what no row names goes
// by itself. Rooms whose rows name files say so in House::knows_file.
#pragma once

#include <string_view>

#include "people/house.h"

namespace polder::people {

/// Removes a kept file once this transaction is committed: call it where its row is deleted.
void remove_file_later(House& house, storage::WriteTx& tx, std::string_view id);

/// Does a row of any room name this file? Then nothing removes it, and no other row may take it.
bool is_named(const House& house, storage::ReadTx& tx, std::string_view id);

/// The job that removes them, and the daily sweep of files whose act never happened.
void add_kept_files(House& house);

}  // namespace polder::people
