using System.Security.Cryptography;
using Cms.Core.Security;
using Cms.Platform.Identity;
using Cms.Platform.Recipes;
using Cms.Platform.Settings;
using Cms.Platform.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Cms.Platform.Setup;

/// <summary>Makes a new site from its setup recipe: settings, administrator and recipe in one transaction, all or nothing.</summary>
public sealed partial class SiteSetup(
    CmsDbContext database, SiteDocuments documents, SiteSettingsRegistry settings, RecipeCatalog catalog, RecipeExecutor executor, CurrentUser currentUser,
    UserManager<CmsIdentityUser> users, RoleManager<CmsIdentityRole> roles, IOptions<SetupOptions> options, DatabaseOptions databaseOptions, TimeProvider clock, ILogger<SiteSetup> logger)
{
    /// <exception cref="SetupFailedException">The site could not be set up; nothing was kept.</exception>
    public async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        var password = options.Value.AdminPassword is { Length: > 0 } configured ? configured : StrongPassword();
        LogStarting(logger, options.Value.RecipeName);
        await using var transaction = await database.BeginWriteAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await RunAsync(password, cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception problem) when (problem is RecipeException or SetupFailedException)
        {
            await transaction.RollbackAsync(CancellationToken.None).ConfigureAwait(false);
            throw new SetupFailedException($"The site could not be set up, and nothing was kept. {problem.Message}", problem);
        }

        var seconds = clock.GetElapsedTime(started).TotalSeconds;
        LogDone(logger, options.Value.RecipeName, seconds);
        if (options.Value.AdminPassword.Length == 0) ShowPassword(options.Value.AdminUsername, password);
    }

    private async Task RunAsync(string password, CancellationToken cancellationToken)
    {
        var recipe = await catalog.FindAsync(options.Value.RecipeName, cancellationToken).ConfigureAwait(false);
        var administrator = new CmsIdentityUser { UserName = options.Value.AdminUsername, Email = options.Value.AdminEmail, EmailConfirmed = true };

        // A password may not be made of the site's name.
        var initial = new SiteSettings { SiteName = options.Value.SiteName, TimeZoneId = options.Value.SiteTimeZone, SuperUser = administrator.Id };
        await documents.SaveSettingsAsync(initial, cancellationToken).ConfigureAwait(false);
        if (!await roles.RoleExistsAsync(SystemRoles.Administrator).ConfigureAwait(false))
            await RequireAsync(roles.CreateAsync(new CmsIdentityRole { Name = SystemRoles.Administrator })).ConfigureAwait(false);
        await RequireAsync(users.CreateAsync(administrator, password)).ConfigureAwait(false);
        await RequireAsync(users.AddToRoleAsync(administrator, SystemRoles.Administrator)).ConfigureAwait(false);
        currentUser.ActAs(CmsUser.System with { Id = administrator.Id, Name = administrator.UserName });
        await executor.ExecuteAsync(recipe, new RecipeOptions { Parameters = Parameters(administrator), IsLenient = options.Value.LenientRecipe }, cancellationToken).ConfigureAwait(false);
        await documents.MarkSetUpAsync(recipe.Name, clock.GetUtcNow().UtcDateTime, cancellationToken).ConfigureAwait(false);
        LogSite(logger, settings.Current.SiteName);
    }

    private Dictionary<string, string> Parameters(CmsIdentityUser administrator) => new(StringComparer.OrdinalIgnoreCase)
    {
        ["SiteName"] = options.Value.SiteName,
        ["AdminUsername"] = options.Value.AdminUsername,
        ["AdminUserId"] = administrator.Id,
        ["AdminEmail"] = options.Value.AdminEmail,
        ["SiteTimeZone"] = options.Value.SiteTimeZone,
        ["DatabaseProvider"] = databaseOptions.Provider.ToString(),
    };

    private static async Task RequireAsync(Task<IdentityResult> attempt)
    {
        var result = await attempt.ConfigureAwait(false);
        if (!result.Succeeded)
            throw new SetupFailedException("The administrator could not be created: " + string.Join(" ", result.Errors.Select(error => error.Description)));
    }

    /// <summary>130 bits of randomness, in groups that can be typed.</summary>
    private static string StrongPassword() =>
        string.Join('-', Enumerable.Range(0, 4).Select(_ => RandomNumberGenerator.GetString("abcdefghjkmnpqrstvwxyz23456789ABCDEFGHJKLMNPQRSTUVWXYZ", 6))) + "-9a";

    // Shown on the console and nowhere else: logs are kept, this must not be.
    private static void ShowPassword(string userName, string password) => Console.WriteLine(
        $"{Environment.NewLine}  The administrator's account was made. This is shown once:{Environment.NewLine}"
        + $"    user name  {userName}{Environment.NewLine}    password   {password}{Environment.NewLine}");

    [LoggerMessage(Level = LogLevel.Information, Message = "Setting the site up from the recipe {Recipe}")]
    private static partial void LogStarting(ILogger logger, string recipe);

    [LoggerMessage(Level = LogLevel.Information, Message = "The recipe {Recipe} is done after {Seconds:0.000} s")]
    private static partial void LogDone(ILogger logger, string recipe, double seconds);

    [LoggerMessage(Level = LogLevel.Information, Message = "The site is named {SiteName}")]
    private static partial void LogSite(ILogger logger, string siteName);
}

/// <summary>Setup failed; the message says what went wrong and that nothing was kept.</summary>
public sealed class SetupFailedException(string message, Exception? innerException = null) : StartFailedException(message, innerException);
