using System.Text.Json.Nodes;
using Cms.Platform.Recipes;
using Cms.Platform.Recipes.Expressions;
using Microsoft.Extensions.FileProviders;

namespace Cms.Tests.Recipes;

public sealed class RecipeExpressionTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("recipe");

    public void Dispose() => _folder.Delete(recursive: true);

    private string Evaluate(string expression, string variables = "{}")
    {
        using var files = new PhysicalFileProvider(_folder.FullName);
        var context = new RecipeExpressionContext(files, new Dictionary<string, string> { ["AdminUserId"] = "4admin" }, JsonNode.Parse(variables)!.AsObject());
        var step = new JsonObject { ["deep"] = new JsonArray(new JsonObject { ["value"] = expression }) };
        return new RecipeExpressionEvaluator().Evaluate(step, context, TestContext.Current.CancellationToken)["deep"]![0]!["value"]!.GetValue<string>();
    }

    [Theory]
    [InlineData("[js: 1 + 1]", "2")]
    [InlineData("[js: true]", "true")]
    [InlineData("[js: var a = 2; return a * 3;]", "6")]
    [InlineData("[js: parameters('AdminUserId')]", "4admin")]
    [InlineData("[js: base64('aGk=')]", "hi")]
    [InlineData("[js: html('&lt;b&gt;')]", "<b>")]
    [InlineData("[js: '[js: \"twice\"]']", "twice")]
    [InlineData("[1, 2]", "[1, 2]")]
    [InlineData("plain", "plain")]
    public void Expressions_yield_texts(string expression, string result) => Evaluate(expression).ShouldBe(result);

    [Fact]
    public void A_variable_is_evaluated_once()
    {
        var ids = Evaluate("[js: variables('id') + ' ' + variables('id')]", """{ "id": "[js: uuid()]" }""").Split(' ');
        ids[0].Length.ShouldBe(26);
        ids[1].ShouldBe(ids[0]);
    }

    [Fact]
    public void Files_are_read_next_to_the_recipe()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "a.html"), "<p>ë</p>");
        Evaluate("[file:text('a.html')]").ShouldBe("<p>ë</p>");
        Evaluate("[file:base64('a.html')]").ShouldBe("PHA+w6s8L3A+");
    }

    [Theory]
    [InlineData("[js: while (true) {}]")]
    [InlineData("[js: (function f() { f(); })()]")]
    [InlineData("[js: var a = []; while (true) a.push('xxxxxxxxxxxxxxxxxxxxxxxxxxxx' + a.length);]")]
    [InlineData("[js: System.IO.File.ReadAllText('/etc/passwd')]")]
    [InlineData("[js: variables('none')]")]
    [InlineData("[js: parameters('none')]")]
    [InlineData("[js: (]")]
    [InlineData("[file:text('../secret')]")]
    [InlineData("[file:text(\"a\")]")]
    [InlineData("[file:text('missing')]")]
    [InlineData("[sql: DROP TABLE x]")]
    public void A_failing_expression_names_its_place(string expression) =>
        Should.Throw<RecipeExpressionException>(() => Evaluate(expression)).Path.ShouldBe("$.deep[0].value");

    [Theory]
    [InlineData("{", "line 1")]
    [InlineData("[]", "must hold a JSON object")]
    [InlineData("""{ "steps": [] }""", "needs a name")]
    [InlineData("""{ "name": "a" }""", "needs steps")]
    [InlineData("""{ "name": "a", "steps": [ 1 ] }""", "step 0")]
    [InlineData("""{ "name": "a", "name": "b", "steps": [] }""", "twice")]
    public void A_malformed_recipe_is_refused_with_its_file(string json, string message)
    {
        var problem = Should.Throw<RecipeException>(() => Recipe.Read("recipes/x.recipe.json", json, new NullFileProvider()));
        problem.Message.ShouldStartWith("recipes/x.recipe.json");
        problem.Message.ShouldContain(message);
    }

    [Fact]
    public void Comments_and_trailing_commas_are_accepted() =>
        Recipe.Read("x", """{ /* why */ "name": "a", "steps": [ { "name": "feature", }, ], }""", new NullFileProvider()).Steps.Count.ShouldBe(1);
}
