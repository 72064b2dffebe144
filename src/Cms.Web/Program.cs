using System.Reflection;
using Cms.Platform.Hosting;
using Cms.Platform.Recipes;
using Cms.Platform.Setup;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddCms(builder.Configuration, builder.Environment, Assembly.Load("Cms.Modules"));
var app = builder.Build();
app.UseCms();
if (RecipeCommand.IsMeant(args)) return await RecipeCommand.RunAsync(app.Services, args, Console.Out, Console.Error, CancellationToken.None);
try
{
    await app.RunAsync();
    return 0;
}
catch (SetupFailedException problem)
{
    await Console.Error.WriteLineAsync(problem.Message);
    return 1;
}

/// <summary>Visible to the tests, which start the site as it is.</summary>
public sealed partial class Program;
