// SPDX-License-Identifier: BSL-1.0
//
// notes [TEXT]...: keeps what it is told in notes.sqlite, and prints what is there.

#include <steward/adapters/database.hpp>
#include <steward/steward.hpp>

#include <cstdlib>
#include <exception>
#include <iostream>
#include <string>

using database = steward::resource<"database", steward::adapters::database<steward::adapters::sqlite>,
                                   steward::pooling::bounded<0, 2>, steward::metrics::counters>;

int main(int argc, char** argv)
try {
    steward::manager<database> resources{database::with({.connection = "notes.sqlite"})};
    auto db = resources.acquire<"database">();
    db->execute("create table if not exists note (text text not null)");
    for (int i = 1; i < argc; ++i)
        db->execute("insert into note values (?)", argv[i]);
    for (const auto& text : db->query<std::string>("select text from note order by rowid"))
        std::cout << text << '\n';
} catch (const std::exception& error) {
    std::cerr << "notes: " << error.what() << '\n';
    return EXIT_FAILURE;
}
