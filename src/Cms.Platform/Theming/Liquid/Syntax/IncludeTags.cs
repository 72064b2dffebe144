using System.Text.Encodings.Web;
using Cms.Platform.Theming.Shapes;
using Cms.Platform.Theming.Templates;
using Fluid;
using Fluid.Ast;
using Fluid.Values;

namespace Cms.Platform.Theming.Liquid.Syntax;

/// <summary>
/// <c>include</c> and <c>render</c>: other templates of the site by their file names, from the same places as shapes have theirs.
/// What is rendered sees only what it is given, and what all templates see.
/// </summary>
internal sealed class TemplateFile(Expression path, bool isIsolated, Expression? with, Expression? each, string? alias, IReadOnlyList<AssignStatement> assigned) : Statement
{
    public static Statement Of(Statement statement) => statement switch
    {
        IncludeStatement include => new TemplateFile(include.Path, false, include.With, include.For, include.Alias, include.AssignStatements),
        RenderStatement render => new TemplateFile(
            new LiteralExpression(new StringValue(render.Path)), true, render.With, render.For, render.Alias, render.AssignStatements),
        _ => statement,
    };

    public override async ValueTask<Completion> WriteToAsync(TextWriter writer, TextEncoder encoder, TemplateContext context)
    {
        var scope = RenderScope.Of(context);
        var file = (await path.EvaluateAsync(context).ConfigureAwait(false)).ToStringValue();
        var name = NameOf(file);
        var template = scope.Templates.Find(ShapeName.FromFile(name)) ?? throw new InvalidOperationException($"There is no template “{file}”.");
        var inner = scope.For(template);
        if (isIsolated) await IsolatedAsync(template, inner, alias ?? name, writer, encoder, context).ConfigureAwait(false);
        else await SharedAsync(template, inner, alias ?? name, writer, encoder, context).ConfigureAwait(false);
        return Completion.Normal;
    }

    private async ValueTask IsolatedAsync(ThemeTemplate template, RenderScope inner, string variable, TextWriter writer, TextEncoder encoder, TemplateContext context)
    {
        using var depth = inner.Page.Budget.Enter();
        var own = new TemplateContext(context.Options) { CultureInfo = context.CultureInfo, TimeZone = context.TimeZone };
        inner.AttachTo(own);
        foreach (var name in new[] { "Model", "ContentItem" })
        {
            if (context.GetValue(name) is var value && !value.IsNil()) own.SetValue(name, value);
        }

        foreach (var assignment in assigned) own.SetValue(assignment.Identifier, await assignment.Value.EvaluateAsync(context).ConfigureAwait(false));
        await RunAsync(template, inner, variable, writer, encoder, context, own).ConfigureAwait(false);
    }

    private async ValueTask SharedAsync(ThemeTemplate template, RenderScope inner, string variable, TextWriter writer, TextEncoder encoder, TemplateContext context)
    {
        using var depth = inner.Page.Budget.Enter();
        var outer = RenderScope.Of(context);
        context.EnterChildScope();
        try
        {
            foreach (var assignment in assigned) await assignment.WriteToAsync(writer, encoder, context).ConfigureAwait(false);
            inner.AttachTo(context);
            await RunAsync(template, inner, variable, writer, encoder, context, context).ConfigureAwait(false);
        }
        finally
        {
            outer.AttachTo(context);
            context.ReleaseScope();
        }
    }

    private async ValueTask RunAsync(
        ThemeTemplate template, RenderScope scope, string variable, TextWriter writer, TextEncoder encoder, TemplateContext outer, TemplateContext context)
    {
        var values = each is null ? [null] : (await each.EvaluateAsync(outer).ConfigureAwait(false)).Enumerate(outer).Cast<FluidValue?>().ToList();
        if (with is not null) values = [await with.EvaluateAsync(outer).ConfigureAwait(false)];
        foreach (var value in values)
        {
            scope.Page.Budget.CountSteps(1);
            if (value is not null) context.SetValue(variable, value);
            await ThemeRenderer.RunAsync(template.Parsed, template.Place, writer, encoder, context, scope).ConfigureAwait(false);
        }
    }

    /// <summary><c>~/Dialogue/Views/Card.liquid</c> and <c>Card</c> are the same template.</summary>
    private static string NameOf(string file)
    {
        var name = file.EndsWith(".liquid", StringComparison.OrdinalIgnoreCase) ? file[..^".liquid".Length] : file;
        var views = name.LastIndexOf("Views/", StringComparison.OrdinalIgnoreCase);
        if (views >= 0) name = name[(views + "Views/".Length)..];
        foreach (var folder in new[] { "Parts/", "Fields/", "Elements/" })
        {
            if (name.StartsWith(folder, StringComparison.OrdinalIgnoreCase)) return folder[..^1] + "_" + name[folder.Length..];
        }

        return name.StartsWith("Items/", StringComparison.OrdinalIgnoreCase) ? name["Items/".Length..] : name.TrimStart('/');
    }
}
