using System.Net.Sockets;
using System.Text.Json;
using Cms.Platform.Storage;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Cms.Platform.Setup;

/// <summary>What keeps the site from starting, as one sentence for the person who starts it.</summary>
public static class StartFailure
{
    /// <summary>The exit code of a start that failed.</summary>
    public const int ExitCode = 1;

    /// <summary>The exit code of a start that was ended by SIGTERM or SIGINT: 128 and the number of SIGTERM.</summary>
    public const int StoppedExitCode = 143;

    /// <summary>The sentence; null for a mistake in the program, whose stack is needed.</summary>
    public static string? Describe(Exception problem) => problem switch
    {
        StartFailedException or OptionsValidationException => problem.Message,
        AggregateException { InnerException: { } first } => Describe(first),
        OperationCanceledException => "The site was stopped before it had started.",
        HostAbortedException => null,
        InvalidDataException => $"The configuration can't be read: {Whole(problem)}",
        IOException { InnerException: AddressInUseException or SocketException } => $"{problem.Message.TrimEnd('.')}. End the other process, or let the site listen elsewhere with Urls.",
        SocketException => $"The site can't listen at the addresses of Urls: {problem.Message}.",

        // The server says so of an address without a scheme or with a wrong port, and the binder of a value that is none.
        FormatException => $"Urls, or another value of the configuration, is not understood: {problem.Message}",
        InvalidOperationException { InnerException: FormatException or ArgumentException or OverflowException } or InvalidOperationException { Source: "Microsoft.Extensions.Configuration.Binder" }
            => $"A value of the configuration is not understood: {problem.Message}",
        InvalidOperationException { Source: "Microsoft.Extensions.Logging.Configuration" } => $"A level below Logging is not understood: {problem.Message}",
        ArgumentOutOfRangeException { ParamName: "port" } => "The site can't listen at the addresses of Urls: a port is a number from 0 to 65535.",
        InvalidOperationException { Source: "Microsoft.AspNetCore.Server.Kestrel.Core" } => $"The site can't listen at the addresses of Urls: {problem.Message}",
        UnauthorizedAccessException or IOException => $"The site can't read or write one of its files: {problem.Message}",
        _ => StorageFailure.Of(problem) is { } outage ? $"The site could not start. {StorageFailure.Describe(outage)} ({problem.GetBaseException().Message})" : null,
    };

    /// <summary>The process's exit code.</summary>
    public static int ExitCodeOf(Exception problem) => problem is OperationCanceledException ? StoppedExitCode : ExitCode;

    private static string Whole(Exception problem) => problem.InnerException is JsonException or FormatException ? $"{problem.Message} {problem.GetBaseException().Message}" : problem.Message;
}
