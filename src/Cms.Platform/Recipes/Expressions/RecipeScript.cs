using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text;
using Cms.Core.Content;
using Jint;
using Jint.Native;
using Jint.Runtime;

namespace Cms.Platform.Recipes.Expressions;

/// <summary>The <c>js</c> engine: Jint without access to .NET, with limits on time, memory, statements and recursion.</summary>
internal sealed class RecipeScript(Func<string, string, RecipeExpressionContext, CancellationToken, string> variable)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <summary>Bytes that a packed text may unfold to.</summary>
    private const int MaxUnpacked = 16 * 1024 * 1024;

    public string Run(string code, string path, RecipeExpressionContext context, CancellationToken cancellationToken)
    {
        using var engine = new Engine(options => options
            .TimeoutInterval(Timeout).LimitMemory(64 * 1024 * 1024).LimitRecursion(100).MaxStatements(1_000_000)
            .MaxArraySize(1_000_000).RegexTimeoutInterval(TimeSpan.FromSeconds(1)).CancellationToken(cancellationToken).Strict(false));
        AddGlobals(engine, path, context, cancellationToken);
        try
        {
            return Text(Evaluate(engine, code));
        }
        catch (RecipeExpressionException)
        {
            throw;
        }
        catch (Exception problem) when (problem is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            throw new RecipeExpressionException(path, code.Trim(), problem.Message, problem);
        }
    }

    /// <summary>Stock recipes hold expressions, and also bodies that return at top level.</summary>
    private static JsValue Evaluate(Engine engine, string code) =>
        code.Contains("return", StringComparison.Ordinal) ? engine.Evaluate($"(function(){{{code}\n}})()") : engine.Evaluate(code);

    private void AddGlobals(Engine engine, string path, RecipeExpressionContext context, CancellationToken cancellationToken)
    {
        engine.SetValue("uuid", new Func<string>(ContentId.New));
        engine.SetValue("base64", new Func<string, string>(text => Encoding.UTF8.GetString(Convert.FromBase64String(text))));
        engine.SetValue("html", new Func<string, string>(text => WebUtility.HtmlDecode(text)));
        engine.SetValue("gzip", new Func<string, string>(Unzip));
        engine.SetValue("variables", new Func<string, string>(name => variable(name, path, context, cancellationToken)));
        engine.SetValue("parameters", new Func<string, string>(name => context.Parameters.TryGetValue(name, out var value)
            ? value
            : throw new RecipeExpressionException(path, $"parameters('{name}')", "there is no such parameter.")));
    }

    private static string Unzip(string text)
    {
        using var zip = new GZipStream(new MemoryStream(Convert.FromBase64String(text)), CompressionMode.Decompress);
        using var unpacked = new MemoryStream();
        var buffer = new byte[81920];
        for (int read; (read = zip.Read(buffer)) > 0; unpacked.Write(buffer, 0, read))
        {
            if (unpacked.Length + read > MaxUnpacked) throw new InvalidDataException($"The text unfolds to more than {MaxUnpacked / 1024 / 1024} MiB.");
        }

        return Encoding.UTF8.GetString(unpacked.ToArray());
    }

    private static string Text(JsValue value) => value.Type switch
    {
        Types.Boolean => value.AsBoolean() ? "true" : "false",
        Types.Number => value.AsNumber().ToString("R", CultureInfo.InvariantCulture),
        Types.Undefined or Types.Null => "",
        _ => value.ToString(),
    };
}
