using Cms.Platform.Queries;

namespace Cms.Tests.Queries;

public class SqlTemplateTests
{
    private static (string Sql, Dictionary<string, object?> Values) Bind(string sql, params (string Name, object? Value)[] values) =>
        SqlTemplate.Parse(sql) is var template ? (template.Sql, template.Values(values.ToDictionary(pair => pair.Name, pair => pair.Value))) : default;

    [Fact]
    public void Defaults_are_taken_out_of_the_text_and_typed()
    {
        var bound = Bind("SELECT 1 WHERE a = @culture:en AND b = @n:10 AND c = @f:true AND d = @q:'it''s' LIMIT @limit:20");
        bound.Sql.ShouldBe("SELECT 1 WHERE a = @culture AND b = @n AND c = @f AND d = @q LIMIT @limit");
        bound.Values.ShouldBe(new Dictionary<string, object?> { ["culture"] = "en", ["n"] = 10L, ["f"] = true, ["q"] = "it's", ["limit"] = 20L }, ignoreOrder: true);
    }

    [Fact]
    public void A_value_given_wins_and_is_never_pasted_into_the_text()
    {
        var bound = Bind("SELECT 1 WHERE a = @culture:en", ("culture", "' OR 1=1 --"));
        bound.Sql.ShouldBe("SELECT 1 WHERE a = @culture");
        bound.Values["culture"].ShouldBe("' OR 1=1 --");
    }

    [Fact]
    public void Quoted_texts_and_comments_hold_no_parameters() =>
        Bind("SELECT '@a:b', \"@c\" /* @d */ -- @e").Values.ShouldBeEmpty();

    [Fact]
    public void A_parameter_without_value_and_default_is_named() =>
        Should.Throw<StoredQueryException>(() => Bind("SELECT @set")).Message.ShouldContain("set");
}
