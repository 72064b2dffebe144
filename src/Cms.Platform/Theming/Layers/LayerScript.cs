using Jint;
using Jint.Runtime;

namespace Cms.Platform.Theming.Layers;

/// <summary>
/// The script of a condition: Jint without access to .NET, with limits on time, memory, statements and recursion. A script
/// that fails does not hold.
/// </summary>
internal static class LayerScript
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(200);

    public static bool Holds(string script, LayerSubject subject)
    {
        if (string.IsNullOrWhiteSpace(script)) return false;
        using var engine = new Engine(options => options
            .TimeoutInterval(Timeout).LimitMemory(8 * 1024 * 1024).LimitRecursion(50).MaxStatements(10_000).MaxArraySize(10_000)
            .RegexTimeoutInterval(Timeout).Strict(false));
        engine.SetValue("isHomepage", new Func<bool>(() => subject.IsHomepage));
        engine.SetValue("isAnonymous", new Func<bool>(() => !subject.IsAuthenticated));
        engine.SetValue("isAuthenticated", new Func<bool>(() => subject.IsAuthenticated));
        engine.SetValue("isInRole", new Func<string, bool>(role => subject.IsInRole(role)));
        engine.SetValue("url", new Func<string, bool>(subject.IsAt));
        engine.SetValue("culture", new Func<string, bool>(subject.IsIn));
        engine.SetValue("isContentType", new Func<string, bool>(type => subject.ContentTypes.Contains(type, StringComparer.OrdinalIgnoreCase)));
        try
        {
            var code = script.Contains("return", StringComparison.Ordinal) ? $"(function(){{{script}\n}})()" : script;
            return TypeConverter.ToBoolean(engine.Evaluate(code));
        }
        catch (Exception problem) when (problem is JintException or TimeoutException or InvalidOperationException or InsufficientExecutionStackException)
        {
            return false;
        }
    }
}
