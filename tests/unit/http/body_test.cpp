// SPDX-License-Identifier: BSL-1.0
#include "unit/http/scene.hpp"

using namespace steward::test;
using steward::adapters::form_body;
using steward::adapters::http_part;
using steward::adapters::multipart_body;

namespace {

TEST_F(http_scene, a_form_arrives_as_it_was_written)
{
    client().post_form("/echo", {{"name", "Ada Lovelace"}, {"q", "a&b=c+d%"}, {"letter", "ä"}, {"empty", ""}});
    const auto& request = asked.at(0);
    EXPECT_EQ(request.get_header_value("Content-Type"), "application/x-www-form-urlencoded");
    EXPECT_EQ(request.get_param_value("name"), "Ada Lovelace");
    EXPECT_EQ(request.get_param_value("q"), "a&b=c+d%");
    EXPECT_EQ(request.get_param_value("letter"), "ä");
    EXPECT_TRUE(request.has_param("empty"));
}

TEST(http_form, keeps_its_order_and_repeated_names)
{
    EXPECT_EQ(form_body({{"b", "1"}, {"a", "2"}, {"b", "3"}}).content, "b=1&a=2&b=3");
    EXPECT_EQ(form_body({}).content, "");
}

/// The body with a short boundary.
std::string multipart(const std::vector<http_part>& parts)
{
    auto [content, type] = multipart_body(parts);
    const std::string boundary = type.substr(std::string_view{"multipart/form-data; boundary="}.size());
    for (std::size_t at = 0; (at = content.find(boundary, at)) != std::string::npos;)
        content.replace(at, boundary.size(), "B");
    return content;
}

TEST(http_multipart, has_fields_and_files)
{
    EXPECT_EQ(multipart({{.name = "title", .content = "Sea"},
                         {.name = "photo", .content = "bytes", .file_name = "sea.jpg", .content_type = "image/jpeg"},
                         {.name = "other", .content = "", .file_name = "x"}}),
              "--B\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nSea\r\n"
              "--B\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"sea.jpg\"\r\nContent-Type: "
              "image/jpeg\r\n\r\nbytes\r\n"
              "--B\r\nContent-Disposition: form-data; name=\"other\"; filename=\"x\"\r\nContent-Type: "
              "application/octet-stream\r\n\r\n\r\n"
              "--B--\r\n");
    EXPECT_EQ(multipart({}), "--B--\r\n");
}

TEST(http_multipart, has_another_boundary_each_time)
{
    EXPECT_NE(multipart_body({}).content_type, multipart_body({}).content_type);
}

TEST(http_multipart, lets_no_name_end_early)
{
    EXPECT_TRUE(multipart({{.name = R"(a"; filename="b)"}}).contains(R"(name="a%22; filename=%22b")"));
    for (const http_part& wrong :
         {http_part{.name = ""}, http_part{.name = "a\r\nX: b"}, http_part{.name = std::string{"a\0", 2}},
          http_part{.name = "a", .file_name = "b\n"}, http_part{.name = "a", .content_type = "text/x\r\nX: y"}})
        EXPECT_EQ(error_of([&] { static_cast<void>(multipart_body({wrong})); }).code(), http_errc::invalid_request);
}

TEST_F(http_scene, a_multipart_body_is_understood)
{
    std::string got;
    server.Post("/files", [&](const httplib::Request& request, httplib::Response&) {
#if defined(CPPHTTPLIB_VERSION_NUM)
        got = request.form.get_field("title") + ' ' + request.form.get_file("photo").filename + ' '
              + request.form.get_file("photo").content;
#else
        got = request.get_file_value("title").content + ' ' + request.get_file_value("photo").filename + ' '
              + request.get_file_value("photo").content;
#endif
    });
    client().post_multipart("/files", {{.name = "title", .content = "Sea"},
                                       {.name = "photo", .content = "by\r\ntes", .file_name = "sea.jpg"}});
    EXPECT_EQ(got, "Sea sea.jpg by\r\ntes");
}

} // namespace
