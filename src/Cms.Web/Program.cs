using System.Reflection;
using Cms.Platform.Hosting;
using Cms.Platform.Recipes;
using Cms.Platform.Setup;

try
{
    var builder = WebApplication.CreateBuilder(args);
    builder.Services.AddCms(builder.Configuration, builder.Environment, Assembly.Load("Cms.Modules"));
    var app = builder.Build();
    app.UseCms();
    if (RecipeCommand.IsMeant(args)) return await RecipeCommand.RunAsync(app.Services, args, Console.Out, Console.Error, CancellationToken.None);
    await app.RunAsync();
    return 0;
}
catch (Exception problem) when (StartFailure.Describe(problem) is { } sentence)
{
    await Console.Error.WriteLineAsync(sentence);
    return StartFailure.ExitCodeOf(problem);
}

/// <summary>Visible to the tests, which start the site as it is.</summary>
public sealed partial class Program;
