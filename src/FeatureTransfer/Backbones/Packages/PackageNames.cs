using System.Text.RegularExpressions;
using NuGet.Packaging;
using NuGet.Versioning;

namespace FeatureTransfer.Backbones.Packages;

/// <summary>What a package's name, version and files may look like, checked before any client sees them.</summary>
internal static partial class PackageNames
{
    /// <summary>What is wrong with a source that is a package, or nothing.</summary>
    public static IEnumerable<(string Member, string Fault)> Faults(ModelSource source)
    {
        if (source.Kind is not (ModelSourceKind.Npm or ModelSourceKind.NuGet))
            yield break;
        var nuget = source.Kind == ModelSourceKind.NuGet;
        if (source.Package is { } name && !(nuget ? PackageIdValidator.IsValidPackageId(name) : NpmName().IsMatch(name)))
            yield return ("package", $"is '{name}'. Expected the name of {(nuget ? "a NuGet" : "an npm")} package");
        if (source.Version is { } version && !(nuget ? NuGetVersion.TryParse(version, out _) : NpmVersion().IsMatch(version)))
            yield return ("version", $"is '{version}'. Expected one version, such as 1.2.3");
        foreach (var file in source.Files.Where(file => !IsInside(file)))
            yield return ("files", $"names '{file}'. Expected paths inside the package, with '/' between folders");
    }

    private static bool IsInside(string file) =>
        file.Length > 0 && !file.Contains('\\') && !file.Contains(':') && file.Split('/').All(part => part is not ("" or "." or ".."));

    [GeneratedRegex(@"^(@[a-z0-9~][a-z0-9._~-]*/)?[a-z0-9~][a-z0-9._~-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex NpmName();

    [GeneratedRegex(@"^[0-9]+\.[0-9]+\.[0-9]+([+-][0-9A-Za-z.+-]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex NpmVersion();
}
