using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Cms.Platform.Theming;
using Cms.Platform.Theming.Liquid;
using Cms.Platform.Theming.Liquid.Syntax;
using Cms.Platform.Theming.Templates;
using Fluid;
using Fluid.Ast;
using Fluid.Values;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Platform.Queries;

/// <summary>
/// Renders the Liquid of stored queries, in which the parameters are variables. Values get into the query's text in no other way
/// than as values: in JSON they are escaped, in SQL they are bound (see <see cref="SqlOutputs"/>).
/// </summary>
public sealed class QueryTemplates(LiquidEnvironment environment, IServiceProvider services)
{
    private static readonly FluidParser Parser = new BoundedParser(new FluidParserOptions());
    private static readonly TextEncoder Json = JavaScriptEncoder.Create(UnicodeRanges.All);

    // By the text itself, so that a query that is gone takes its template with it.
    private static readonly ConditionalWeakTable<string, IFluidTemplate> Templates = [];
    private static readonly ConditionalWeakTable<string, IFluidTemplate> SqlTemplates = [];

    /// <summary>A query in JSON.</summary>
    /// <exception cref="StoredQueryException">The template can't be parsed or went past its limits.</exception>
    public Task<string> RenderJsonAsync(string template, IReadOnlyDictionary<string, object?> parameters, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(template);
        return HasLiquid(template) ? RenderAsync(new BoundedBlocks().VisitTemplate(Parse(template)), parameters, Json, null, cancellationToken) : Task.FromResult(template);
    }

    /// <summary>A query in SQL, and the parameters that it is to be run with.</summary>
    /// <exception cref="StoredQueryException">The template can't be parsed, went past its limits, or puts a value where SQL takes none.</exception>
    public async Task<(string Sql, IReadOnlyDictionary<string, object?> Parameters)> RenderSqlAsync(
        string template, IReadOnlyDictionary<string, object?> parameters, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(template);
        if (!HasLiquid(template)) return (template, parameters);
        var outputs = new SqlOutputs();
        var text = await RenderAsync(SqlTemplates.GetValue(template, text => SqlOutputs.Rewrite(Parse(text))), parameters, NullEncoder.Default, outputs, cancellationToken).ConfigureAwait(false);
        return outputs.Bind(text, parameters);
    }

    /// <summary>Whether the text of a query is known only once it is rendered.</summary>
    internal static bool HasLiquid(string template) => template.Contains("{{", StringComparison.Ordinal) || template.Contains("{%", StringComparison.Ordinal);

    private static IFluidTemplate Parse(string template) => Templates.GetValue(template, text =>
        Parser.TryParse(text, out var parsed, out var error) ? parsed : throw new StoredQueryException($"The query's template can't be parsed: {error}"));

    private async Task<string> RenderAsync(
        IFluidTemplate template, IReadOnlyDictionary<string, object?> parameters, TextEncoder encoder, SqlOutputs? outputs, CancellationToken cancellationToken)
    {
        var scope = services.GetRequiredService<ThemeRenderer>().Scope(new Page(), cancellationToken);
        var context = environment.NewContext(scope, TimeZoneInfo.Utc);
        context.CultureInfo = CultureInfo.InvariantCulture;
        foreach (var (name, value) in parameters) context.SetValue(name, FluidValue.Create(value, environment.Options));
        outputs?.AttachTo(context);
        try
        {
            return await ThemeRenderer.RunAsync(template, "The query's template", context, scope, encoder).ConfigureAwait(false);
        }
        catch (LiquidTemplateException problem)
        {
            throw new StoredQueryException(problem.Message, problem);
        }
    }
}
