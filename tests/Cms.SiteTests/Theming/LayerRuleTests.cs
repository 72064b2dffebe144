using System.Globalization;
using System.Text.Json.Nodes;
using Cms.Platform.Theming.Layers;

namespace Cms.SiteTests.Theming;

/// <summary>Rules of layers: where a condition holds, and that a script can't hold up a page.</summary>
public sealed class LayerRuleTests
{
    private static bool Holds(string condition, string path = "/news/today", string culture = "sr-Latn", string type = "NewsPost", params string[] roles)
    {
        var rule = new JsonObject { ["Conditions"] = new JsonArray(JsonNode.Parse(condition)) };
        var subject = new LayerSubject(path, CultureInfo.GetCultureInfo(culture), [type], roles.Length > 0, roles.Contains);
        return new LayerRules().Holds(rule, subject);
    }

    private static string Text(string name, string value, string operation, bool caseSensitive = false) =>
        $$"""{ "Name": "{{name}}", "Value": "{{value}}", "Operation": { "$type": "OrchardCore.Rules.Models.{{operation}}, OrchardCore.Rules", "CaseSensitive": {{(caseSensitive ? "true" : "false")}} } }""";

    [Theory]
    [InlineData("~/news/today", "StringEqualsOperator", false, true)]
    [InlineData("/News/Today", "StringEqualsOperator", false, true)]
    [InlineData("/News/Today", "StringEqualsOperator", true, false)]
    [InlineData("/news", "StringEqualsOperator", false, false)]
    [InlineData("/news", "StringNotEqualsOperator", false, true)]
    [InlineData("~/news", "StringStartsWithOperator", false, true)]
    [InlineData("~/news", "StringNotStartsWithOperator", false, false)]
    [InlineData("today", "StringEndsWithOperator", false, true)]
    [InlineData("today", "StringNotEndsWithOperator", false, false)]
    [InlineData("ws/t", "StringContainsOperator", false, true)]
    [InlineData("ws/t", "StringNotContainsOperator", false, false)]
    [InlineData("x", "NoSuchOperator", false, false)]
    public void An_address_is_compared_as_the_operator_says(string value, string operation, bool caseSensitive, bool expected) =>
        Holds(Text("UrlCondition", value, operation, caseSensitive)).ShouldBe(expected);

    [Theory]
    [InlineData("sr-Latn", "StringEqualsOperator", true)]
    [InlineData("sr", "StringEqualsOperator", true)]
    [InlineData("sr-Cyrl", "StringEqualsOperator", false)]
    [InlineData("sq", "StringNotEqualsOperator", true)]
    [InlineData("sr", "StringNotEqualsOperator", false)]
    public void A_culture_holds_for_those_that_come_from_it(string value, string operation, bool expected) => Holds(Text("CultureCondition", value, operation)).ShouldBe(expected);

    [Theory]
    [InlineData("Editor", "StringEqualsOperator", true)]
    [InlineData("Author", "StringEqualsOperator", false)]
    [InlineData("Author", "StringNotEqualsOperator", true)]
    public void A_role_is_one_that_the_reader_has(string role, string operation, bool expected) => Holds(Text("RoleCondition", role, operation), roles: "Editor").ShouldBe(expected);

    [Theory]
    [InlineData("NewsPost", "StringEqualsOperator", true)]
    [InlineData("News", "StringStartsWithOperator", true)]
    [InlineData("NewsPost", "StringNotEqualsOperator", false)]
    public void A_content_type_is_that_of_the_page(string type, string operation, bool expected) => Holds(Text("ContentTypeCondition", type, operation)).ShouldBe(expected);

    [Fact]
    public void Readers_are_anonymous_or_authenticated()
    {
        Holds("""{ "Name": "IsAnonymousCondition" }""").ShouldBeTrue();
        Holds("""{ "Name": "IsAuthenticatedCondition" }""").ShouldBeFalse();
        Holds("""{ "Name": "IsAuthenticatedCondition" }""", roles: "Editor").ShouldBeTrue();
        Holds("""{ "Name": "HomepageCondition", "Value": true }""", path: "/").ShouldBeTrue();
        Holds("""{ "Name": "HomepageCondition", "Value": false }""", path: "/").ShouldBeFalse();
        Holds("""{ "Name": "BooleanCondition", "Value": true }""").ShouldBeTrue();
        Holds("""{ "Name": "NoSuchCondition", "Value": true }""").ShouldBeFalse();
    }

    [Theory]
    [InlineData("All", "true, false", false)]
    [InlineData("All", "true, true", true)]
    [InlineData("All", "", false)]
    [InlineData("Any", "true, false", true)]
    [InlineData("Any", "", false)]
    public void Groups_ask_for_all_or_for_any(string group, string values, bool expected)
    {
        var conditions = values.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(value => $$"""{ "Name": "BooleanCondition", "Value": {{value}} }""");
        Holds($$"""{ "Name": "{{group}}ConditionGroup", "Conditions": [ {{string.Join(", ", conditions)}} ] }""").ShouldBe(expected);
    }

    [Theory]
    [InlineData("isHomepage()", false)]
    [InlineData("url('~/news*') && culture('sr') && isContentType('NewsPost') && isAnonymous()", true)]
    [InlineData("return url('/news/today');", true)]
    [InlineData("for (;;) {}", false)]
    [InlineData("var s = 'x'; while (true) s += s;", false)]
    [InlineData("function f() { return f(); } f()", false)]
    [InlineData("new Array(1e9).fill(0).length > 0", false)]
    [InlineData("/(a+)+$/.test('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!')", false)]
    [InlineData("System.IO.File.Exists('/etc/passwd')", false)]
    [InlineData("this is no script", false)]
    public void A_script_is_asked_within_its_limits(string script, bool expected) =>
        Holds(new JsonObject { ["Name"] = "JavascriptCondition", ["Script"] = script }.ToJsonString()).ShouldBe(expected);
}
