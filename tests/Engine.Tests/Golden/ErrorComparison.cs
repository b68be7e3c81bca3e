using System.Text.Json;

namespace Engine.Tests.Golden;

/// <summary>Compares an exception with the one that ML.NET threw: the type counts, the message is for humans.</summary>
internal static class ErrorComparison
{
    public static IReadOnlyList<string> Compare(JsonElement expected, Exception actual, string? stage)
    {
        string wanted = expected.GetProperty("type").GetString()!;
        if (actual is MissingMemberException && wanted != actual.GetType().FullName)
            return [actual.Message];
        // ML.NET's readers run on other threads, whose exceptions come wrapped; the engine throws the first itself.
        string? inner = expected.TryGetProperty("innerType", out var i) ? i.GetString() : null;
        string type = actual.GetType().FullName!;
        var differences = new List<string>();
        if (type != wanted && type != inner)
            differences.Add($"{actual.GetType()} ({actual.Message}), expected {wanted} ({expected.GetProperty("message")})");
        if (string.IsNullOrWhiteSpace(actual.Message))
            differences.Add("the exception has no message");
        if (stage is not null && Order(stage) > Order(expected.GetProperty("stage").GetString()!))
            differences.Add($"thrown at {stage}, expected at {expected.GetProperty("stage")}");
        return differences;
    }

    // To fail earlier than ML.NET is no difference to complain of.
    private static int Order(string stage) => Array.IndexOf(["Load", "Build", "Fit", "Transform", "Read", "Evaluate"], stage);
}
