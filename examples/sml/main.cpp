// SPDX-License-Identifier: BSL-1.0
//
// Takes the orders of several clients: with the name of an SQLite database from standard input, without one an example of
// it. A line is a client and what it says: begin, item NAME QUANTITY, commit, cancel. See machine.hpp for the machine.

#include "machine.hpp"

#include <cstdlib>
#include <exception>
#include <iostream>
#include <map>
#include <sstream>
#include <string>

namespace {

constexpr const char* example = R"(anna begin
anna item tea 2
bert begin
anna item sugar 1
anna commit
bert begin
bert item milk 1
bert item cream -1
carl begin
carl item coffee 3
carl commit
carl cancel
anna begin
anna item cake 1
)";

/// A client, and where it is.
struct desk {
    desk(intake::manager& resources, const std::string& name) : who{name, std::cout}, orders{resources, who} {}
    intake::client who;
    intake::machine orders;
};

/// Whether the machine had anything to do with it.
bool say(intake::machine& orders, std::istream& words)
{
    std::string command;
    intake::item item{};
    words >> command;
    if (command == "begin")
        return orders.process_event(intake::begin{});
    if (command == "item" && words >> item.name >> item.quantity)
        return orders.process_event(item);
    if (command == "commit")
        return orders.process_event(intake::commit{});
    return command == "cancel" && orders.process_event(intake::cancel{});
}

void take_orders(intake::manager& resources, std::istream& input)
{
    std::map<std::string, desk> desks;
    for (std::string line, name; std::getline(input, line);) {
        std::istringstream words{line};
        if (!(words >> name))
            continue;
        if (!say(desks.try_emplace(name, resources, name).first->second.orders, words))
            std::cout << name << ": not now: " << line << '\n';
    }
} // what is not complete is given back, and rolled back, with its machine

} // namespace

int main(int argc, char** argv)
{
    try {
        intake::manager resources{intake::database::with({.connection = argc > 1 ? argv[1] : ":memory:"})};
        resources.acquire<"database">()->execute(
            "create table if not exists orders (id integer primary key, client text)");
        resources.acquire<"database">()->execute(
            "create table if not exists items (orders integer, name text, n integer)");
        std::istringstream script{example};
        take_orders(resources, argc > 1 ? std::cin : script);
        const auto db = resources.acquire<"database">();
        std::cout << db->query_one<int>("select count(*) from orders") << " orders with "
                  << db->query_one<int>("select count(*) from items") << " items\n";
        return EXIT_SUCCESS;
    } catch (const std::exception& e) {
        std::cerr << "intake: " << e.what() << '\n';
        return EXIT_FAILURE;
    }
}
