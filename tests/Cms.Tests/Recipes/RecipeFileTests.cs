using Cms.Platform.Recipes;
using Microsoft.Extensions.FileProviders;

namespace Cms.Tests.Recipes;

public sealed class RecipeFileTests
{
    /// <summary>A recipe with one name in two spellings ended the setup with a stack trace instead of its place.</summary>
    [Theory]
    [InlineData("""{ "a": 1, "A": 2 }""", "$: A name occurs twice")]
    [InlineData("""{ "items": [ 1, { "id": 1, "b": { "Id": 1, "ID": 2 } } ] }""", "$.items[1].b: A name occurs twice")]
    public void A_name_that_occurs_twice_in_a_step_is_refused_with_its_place(string step, string problem)
    {
        var refused = Should.Throw<RecipeException>(() => Recipe.Read("some.recipe.json", $$"""{ "name": "Some", "steps": [ {{step}} ] }""", new NullFileProvider()));
        refused.Message.ShouldStartWith("some.recipe.json, step 0");
        refused.Message.ShouldContain(problem);
    }
}
