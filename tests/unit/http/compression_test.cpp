// SPDX-License-Identifier: BSL-1.0
#include "unit/http/scene.hpp"

#ifdef CPPHTTPLIB_ZLIB_SUPPORT

using namespace steward::test;

namespace {

/// A server that compresses what it may.
class http_compression : public http_scene {
protected:
    http_compression()
    {
        server.Get("/text", [this](const httplib::Request& request, httplib::Response& response) {
            asked.push_back(request);
            response.set_content(std::string(std::stoul(request.get_param_value("n")), 'x'), "text/plain");
        });
    }
};

TEST_F(http_compression, is_offered_and_undone)
{
    const auto response = client().get("/text?n=100000");
    EXPECT_TRUE(asked.at(0).get_header_value("Accept-Encoding").contains("gzip"));
    EXPECT_EQ(response.body, std::string(100'000, 'x'));
    EXPECT_EQ(response.header("Content-Encoding"), std::nullopt);
    EXPECT_EQ(response.header("Content-Length"), std::nullopt) << "that of the compressed body";
}

TEST_F(http_compression, is_undone_for_a_sink)
{
    std::size_t size = 0, largest = 0;
    client({.max_body = 10}).download("/text?n=3000000", [&](std::string_view piece) {
        size += piece.size();
        largest = std::max(largest, piece.size());
        return true;
    });
    EXPECT_EQ(size, 3'000'000U);
    EXPECT_LE(largest, 65'536U);
}

TEST_F(http_compression, does_not_get_a_large_body_past_max_body)
{
    const auto error = error_of([&] { client({.max_body = 1'000'000}).get("/text?n=50000000"); });
    EXPECT_EQ(error.code(), http_errc::too_large);
}

TEST_F(http_compression, can_be_declined)
{
    auto api = client();
    api.get("/text?n=10", {{"Accept-Encoding", "identity"}});
    EXPECT_EQ(asked.at(0).get_header_value("Accept-Encoding"), "identity");
    EXPECT_EQ(asked.at(0).get_header_value_count("Accept-Encoding"), 1U);
}

TEST_F(http_compression, is_not_asked_for_where_a_part_is)
{
    client().get("/text?n=10", {{"Range", "bytes=1-3"}});
    EXPECT_FALSE(asked.at(0).get_header_value("Accept-Encoding").contains("gzip"));
}

} // namespace

#endif
