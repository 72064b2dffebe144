using Cms.Core.Content;
using Cms.Core.ContentTypes;
using Cms.Core.Fields;
using Cms.Core.Security;
using Cms.Platform.Admin.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;

namespace Cms.Platform.Admin.Pickers;

/// <summary>Choices for the script of a picker, as its form would show them: for those who may edit the form's type.</summary>
internal static class PickerEndpoint
{
    private const string Path = "/Admin/Pickers";

    public static void MapPickers(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet(Path, FindAsync).RequireAuthorization(AdminServices.Policy).WithMetadata(new AdminPage()).ExcludeFromDescription();

    /// <summary>Where the choices of a member are.</summary>
    /// <param name="formType">The type of the item whose form it is.</param>
    /// <param name="type">The type that defines the value; another one in nested items.</param>
    /// <param name="member">The value's path and the member, such as <c>Event.Partners.ContentItemIds</c>.</param>
    /// <param name="culture">The language of the item.</param>
    public static string UrlOf(string formType, string type, string member, string? culture) => QueryHelpers.AddQueryString(
        Path, new Dictionary<string, string?> { ["form"] = formType, ["type"] = type, ["member"] = member, ["culture"] = culture });

    private static async Task<Results<JsonHttpResult<Answer>, ProblemHttpResult>> FindAsync(
        HttpContext http, PickerChoices choices, ContentModel model, ContentForm forms, ICurrentUser currentUser, AdminTexts texts,
        string? form, string? type, string? member, string? culture, string? q, int? page)
    {
        http.Response.Headers.CacheControl = "private, no-store";
        if (model.Definitions.Type(form) is not { } formType || model.Definitions.Type(type) is not { } own || MemberOf(model, own, member) is not var (hint, found) || !choices.Serves(found.Type))
            return TypedResults.Problem("There is no such picker.", statusCode: StatusCodes.Status404NotFound);
        if (!currentUser.User.Allows(ContentAction.Edit, formType) || (hint.Permission is { } needed && !currentUser.User.Allows(needed, formType)) || !IsWithin(forms, model, formType, own))
            return TypedResults.Problem("Your roles do not allow to edit this type.", statusCode: StatusCodes.Status403Forbidden);
        var number = Math.Clamp(page ?? 1, 1, PickerChoices.MaxPage);
        var answer = await choices.PageAsync(new PickerMember(found.Type, hint, culture), q ?? "", number, http.RequestAborted).ConfigureAwait(false);
        return TypedResults.Json(new Answer(answer.Choices, answer.HasMore, PickerInput.StatusOf(answer, number, texts)));
    }

    private static (EditorHint Hint, ContentMember Member)? MemberOf(ContentModel model, ContentTypeDefinition type, string? name)
    {
        foreach (var value in model.Values(type))
        {
            if (value.Shape.Members.FirstOrDefault(member => $"{value.Path}.{member.Name}" == name) is { } member && value.Editor(member) is var hint && FormValues.Input(member, hint) == FormValues.Picker)
                return (hint, member);
        }

        return null;
    }

    /// <summary>Whether items of the type may be nested in those that the form edits, however deep.</summary>
    private static bool IsWithin(ContentForm forms, ContentModel model, ContentTypeDefinition formType, ContentTypeDefinition wanted)
    {
        var (known, left) = (new HashSet<string>(StringComparer.Ordinal) { formType.Name }, new Queue<ContentTypeDefinition>([formType]));
        while (left.TryDequeue(out var type))
        {
            if (type.Name == wanted.Name) return true;
            var nested = model.Values(type).SelectMany(value => value.Shape.Members.Where(member => member.Type == MemberType.ContentItems).Select(value.Editor))
                .SelectMany(hint => hint.ContentTypesFrom is null ? forms.AddableTypes(hint, null) : model.Definitions.Types);
            foreach (var below in nested.Where(below => known.Add(below.Name))) left.Enqueue(below);
        }

        return false;
    }

    private sealed record Answer(IReadOnlyList<PickerChoice> Choices, bool HasMore, string Status);
}
