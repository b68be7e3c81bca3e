// The bill of materials of each package, and the notices of what they bring along.
using System.Text;
using System.Text.Json.Nodes;

const string EmbeddedPackage = "Microsoft.AspNetCore.App.Internal.Assets";

/// <summary>Writes NAME.cdx.json (CycloneDX) for each project and THIRD-PARTY-NOTICES.txt for all, and checks that no dependency is missing.</summary>
void WriteBills(DirectoryPath output)
{
    var components = new SortedDictionary<string, JsonNode>(StringComparer.OrdinalIgnoreCase);
    var folders = new List<string>();
    var version = XDocument.Load("Directory.Build.props").Descendants("Version").First().Value;
    foreach (var project in GetFiles("./src/*/*.csproj").OrderBy(path => path.FullPath))
    {
        var name = project.GetFilenameWithoutExtension().ToString();
        Dotnet("CycloneDX", project.FullPath, "--output-format", "Json", "--output", output.FullPath, "--filename", $"{name}.cdx.json", "--exclude-dev", "--no-serial-number", "--set-name", name, "--set-version", version);
        var listed = Parsed(output.CombineWithFilePath($"{name}.cdx.json").FullPath)["components"].AsArray().ToDictionary(component => Key($"{component["name"]}", $"{component["version"]}"));
        var assets = Parsed($"{project.GetDirectory()}/obj/project.assets.json");
        var missing = Dependencies(assets).Except(listed.Keys, StringComparer.OrdinalIgnoreCase).ToList();
        if (missing.Count > 0)
            throw new Exception($"The bill of materials of {name} lacks {string.Join(", ", missing)}.");
        foreach (var (key, component) in listed)
            components[key] = component;
        folders.AddRange(assets["packageFolders"].AsObject().Select(folder => folder.Key));
    }

    // The studio's assembly holds a script of a package that is otherwise one for the build.
    var pinned = XDocument.Load("Directory.Packages.props").Descendants("PackageVersion").First(package => (string)package.Attribute("Include") == EmbeddedPackage).Attribute("Version").Value;
    components[Key(EmbeddedPackage, pinned)] = new JsonObject { ["name"] = EmbeddedPackage, ["version"] = pinned };

    var notices = new StringBuilder("FeatureTransfer brings along or depends on these packages. Each is its authors', under its own licence.\n");
    foreach (var component in components.Values)
        notices.Append($"\n{new string('-', 80)}\n{component["name"]} {component["version"]}\n{Licence(component, folders.Distinct())}\n");
    System.IO.File.WriteAllText(output.CombineWithFilePath("THIRD-PARTY-NOTICES.txt").FullPath, notices.ToString());
    Information($"{components.Count} packages in the notices");
}

JsonNode Parsed(string path) => JsonNode.Parse(System.IO.File.ReadAllText(path));

string Key(string name, string version) => $"{name}/{version}";

/// <summary>All that a project's package leads to: what it refers to itself but for development alone, and what these and other projects refer to.</summary>
HashSet<string> Dependencies(JsonNode assets)
{
    var target = assets["targets"].AsObject().First(target => !target.Key.Contains('/')).Value.AsObject();
    var byName = target.ToDictionary(library => library.Key.Split('/')[0], library => library, StringComparer.OrdinalIgnoreCase);
    var direct = assets["project"]["frameworks"].AsObject().SelectMany(framework => framework.Value["dependencies"]?.AsObject() ?? new JsonObject());
    var names = new Queue<string>(direct.Where(dependency => $"{dependency.Value["suppressParent"]}" != "All").Select(dependency => dependency.Key)
        .Concat(target.Where(library => $"{library.Value["type"]}" == "project").Select(library => library.Key.Split('/')[0])));
    var reached = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
    while (names.TryDequeue(out var name))
    {
        // Packages that are part of the framework are not in the list.
        if (!byName.TryGetValue(name, out var library) || !reached.Add(library.Key))
            continue;
        foreach (var dependency in library.Value["dependencies"]?.AsObject() ?? new JsonObject())
            names.Enqueue(dependency.Key);
    }

    return reached.Where(key => $"{target[key]["type"]}" == "package").ToHashSet();
}

/// <summary>The licence by name, or the text of the file that the package has in its place, with its copyright.</summary>
string Licence(JsonNode component, IEnumerable<string> folders)
{
    var package = folders.Select(folder => System.IO.Path.Combine(folder, $"{component["name"]}".ToLowerInvariant(), $"{component["version"]}".ToLowerInvariant())).First(System.IO.Directory.Exists);
    var metadata = XDocument.Load(System.IO.Directory.GetFiles(package, "*.nuspec").Single()).Descendants().Where(element => element.Parent?.Name.LocalName == "metadata").ToLookup(element => element.Name.LocalName);
    var copyright = metadata["copyright"].FirstOrDefault()?.Value ?? $"By {metadata["authors"].First().Value}";
    var licence = metadata["license"].FirstOrDefault();
    var text = (string)licence?.Attribute("type") == "file" ? "\n" + System.IO.File.ReadAllText(System.IO.Path.Combine(package, licence.Value.Replace('\\', '/'))).Trim()
        : $"Licence: {licence?.Value ?? metadata["licenseUrl"].FirstOrDefault()?.Value ?? throw new Exception($"{component["name"]} names no licence.")}";
    return $"{copyright.Trim()}\n{text}";
}
