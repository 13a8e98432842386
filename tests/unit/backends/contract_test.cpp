// SPDX-License-Identifier: BSL-1.0
//
// The program contract/07_database on every backend: the same calls, the same results.
#include "backends.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

using namespace steward::test;

namespace {

struct order {
    std::int64_t id;
    std::string customer;
    std::optional<double> discount;
};

template <class Backend>
class contract : public on_backend<Backend> {};
TYPED_TEST_SUITE(contract, all_backends, name_of_backend);

TYPED_TEST(contract, holds)
{
    using database = steward::resource<"database", steward::adapters::database<typename TypeParam::backend>,
                                       steward::pooling::bounded<1, 4>, steward::ownership::tracked>;
    steward::manager<database> manager{database::with(this->place->settings())};
    {
        auto db = manager.template acquire<"database">();
        db->execute("create table orders (id integer primary key, customer text, discount double precision)");
        EXPECT_EQ(db->execute("insert into orders values (?, ?, ?)", 1, "O'Hara; drop table orders", 0.25), 1U);
        const std::vector<order> more{{2, "Ада", std::nullopt}, {3, "", 0.0}};
        db->insert("orders", more);
    }
    {
        auto db = manager.template acquire<"database">();
        std::vector<order> orders;
        for (auto&& o :
             db->template query<order>("select id, customer, discount from orders where id >= ? order by id", 1))
            orders.push_back(std::move(o));
        ASSERT_EQ(orders.size(), 3U);
        EXPECT_EQ(orders[0].customer, "O'Hara; drop table orders");
        EXPECT_FALSE(orders[1].discount);
        EXPECT_EQ((db->template query_one<std::tuple<std::int64_t, std::string>>(
                      "select count(*), max(customer) from orders")),
                  (std::tuple<std::int64_t, std::string>{3, "Ада"}));
        EXPECT_EQ(db->template query_optional<std::int64_t>("select id from orders where id = 99"), std::nullopt);
    }
    {
        auto db = manager.template acquire<"database">();
        db->execute("begin");
        db->execute("delete from orders");
    }
    EXPECT_EQ(manager.template acquire<"database">()->template query_one<std::int64_t>("select count(*) from orders"),
              3);
    {
        auto db = manager.template acquire<"database">();
        auto transaction = db->transaction();
        db->execute("delete from orders where id = ?", 3);
        transaction.commit();
    }
    EXPECT_EQ(manager.template acquire<"database">()->template query_one<std::int64_t>("select count(*) from orders"),
              2);
    const auto error =
        error_of([&] { manager.template acquire<"database">()->execute("insert into nowhere values (1)"); });
    EXPECT_FALSE(error.retriable());
    EXPECT_NE(std::string{error.what()}.find("nowhere"), std::string::npos);
    auto db = manager.template acquire<"database">();
    soci::session& underlying = db->soci();
    EXPECT_TRUE(underlying.is_connected());
}

} // namespace
