using System.Globalization;
using Cms.Benchmarks;
using Cms.Benchmarks.Endurance;

if (args is ["queries"]) return await QueryBenchmark.RunAsync();
if (args is ["shapes"]) return await ShapeBenchmark.RunAsync();
if (args is ["endurance", "sqlite" or "postgres", var minutes] && double.TryParse(minutes, CultureInfo.InvariantCulture, out var length))
    return await EnduranceRun.RunAsync(length, onPostgres: args[1] == "postgres");
if (args is ["posts", var number, var recipe] && int.TryParse(number, CultureInfo.InvariantCulture, out var count))
{
    await PostsRecipe.WriteAsync(count, recipe);
    return 0;
}

// The baseline of the load script: a bare Kestrel that answers every request with the bytes of a file.
//   dotnet Cms.Benchmarks.dll baseline FILE CONTENT-TYPE URL
if (args is not ["baseline", var file, var contentType, var url])
{
    await Console.Error.WriteLineAsync("usage: baseline FILE CONTENT-TYPE URL | posts COUNT FILE | queries | shapes | endurance sqlite|postgres MINUTES");
    return 2;
}

var bytes = await File.ReadAllBytesAsync(file);
var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = [] });
builder.Logging.ClearProviders();
builder.WebHost.UseUrls(url);
var app = builder.Build();
app.Run(async http =>
{
    http.Response.ContentType = contentType;
    http.Response.ContentLength = bytes.Length;
    await http.Response.Body.WriteAsync(bytes, http.RequestAborted);
});
await app.RunAsync();
return 0;
