// The build: `dotnet cake` lists the targets, `dotnet cake --target=Test` runs one.
#load "build/bill.cake"
#load "build/fuzz.cake"
using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Xml.Linq;

var target = Argument("target", "Default");
var configuration = Argument("configuration", "Release");
var solution = "./FeatureTransfer.sln";
var artifacts = MakeAbsolute(Directory("./artifacts"));
var testResults = artifacts.Combine("test-results");
var failures = new List<string>();
(int Passed, int Failed, int Skipped)? counted = null;
var ft = File($"./src/FeatureTransfer.Cli/bin/{configuration}/net10.0/ft.dll");

Task("Default")
    .Description("Lists the targets")
    .Does(() =>
{
    Console.WriteLine("Targets (dotnet cake --target=NAME):\n");
    foreach (var task in Tasks)
        Console.WriteLine($"  {task.Name,-8} {task.Description}");
    Console.WriteLine("\nOptions");
    Console.WriteLine("  --configuration=Release|Debug   default Release");
    Console.WriteLine("  --pipeline=FILE                 Run: a pipeline or a glob, repeatable");
    Console.WriteLine("  --set=PATH=VALUE                Run: overrides a value of the pipelines, repeatable");
    Console.WriteLine("  --verify                        Format: only check");
    Console.WriteLine("  --coverage                      Test: collect coverage with coverlet");
    Console.WriteLine("  --filter=NAME                   Bench: which benchmarks");
    Console.WriteLine("  --room=NAME                     Mutate: a part of the code and its tests, as in build/rooms.json");
    Console.WriteLine("  --fuzz=NAME --minutes=N         Fuzz: which reader, and for how long; default 10 minutes");
    Console.WriteLine("  --runtime=RID                   Pack: the platform of ft, such as win-x64; default this machine's\n");
    Console.WriteLine("Example: dotnet cake --target=Run --pipeline=pipelines/quickstart.json");
});

Task("Restore")
    .Description("Restores the NuGet packages by their lock files")
    .Does(() => DotNetRestore(solution));

Task("Build")
    .Description("Builds everything; warnings are errors")
    .IsDependentOn("Restore")
    .Does(() => DotNetBuild(solution, new DotNetBuildSettings
    {
        Configuration = configuration,
        NoRestore = true,
        NoLogo = true,
        Verbosity = DotNetVerbosity.Quiet,
        // The compiler and the analyzers are new processes for each project: counting for later optimization costs a third of their time.
        EnvironmentVariables = new Dictionary<string, string> { ["DOTNET_TieredPGO"] = "0" },
    }));

Task("Gpu")
    .Description("Builds with ONNX Runtime for NVIDIA's GPUs (500 MB) and runs the tests of devices; needs no GPU")
    .Does(() =>
{
    CleanDirectory(testResults);
    Test("./tests/FeatureTransfer.Tests/FeatureTransfer.Tests.csproj", "-p:Gpu=true", "--artifacts-path", artifacts.Combine("gpu").FullPath, "--filter", "FullyQualifiedName~Devices");
    ReportCounts();
});

Task("Format")
    .Description("Formats the code; with --verify only checks that it is formatted")
    .IsDependentOn("Restore")
    .Does(() => Dotnet("format", solution, "--no-restore", HasArgument("verify") ? "--verify-no-changes" : ""));

Task("Test")
    .Description("Builds and runs all tests; the last line counts them")
    .IsDependentOn("Build")
    .Does(RunTests);

Task("Run")
    .Description("Runs pipelines: --pipeline=FILE (repeatable or a glob), --set=path=value; goes on past a failed one")
    .Does(RunPipelines);

Task("Bench")
    .Description("Runs the benchmarks; --filter=NAME chooses some")
    .IsDependentOn("Build")
    .Does(() => Dotnet("run", "--no-build", "-c", configuration, "--project", "benchmarks/FeatureTransfer.Benchmarks", "--", "--filter", Argument("filter", "*"), "--artifacts", artifacts.Combine("benchmarks").FullPath));

Task("Mutate")
    .Description("Changes the code of a room place by place and runs the room's tests on each mutant; --room=NAME, see docs/mutation.md")
    .Does(Mutate);

Task("Fuzz")
    .Description("Fuzzes a reader of outside data with AFL++; --fuzz=NAME, --minutes=N, see docs/security.md")
    .Does(Fuzz);

Task("Pack")
    .Description("Packs the NuGet packages and ft, for this machine's platform or --runtime=RID, into artifacts/packages, with bills of materials and notices")
    .Does(Pack);

Task("CI")
    .Description("What continuous integration runs: builds, which holds the code to its style and format, and tests")
    .IsDependentOn("Build")
    .Does(RunTests);

try
{
    RunTarget(target);
}
finally
{
    // The count is the last line of the output, after Cake's own summary.
    if (counted is { } counts)
        Console.WriteLine($"\n{counts.Passed} passed, {counts.Failed} failed, {counts.Skipped} skipped");
}

/// <summary>Runs the test projects, two at once, since much of a test is waiting for a process or a disk, and ends with the line that counts them.</summary>
void RunTests()
{
    CleanDirectory(testResults);
    var coverage = HasArgument("coverage") ? "--collect:XPlat Code Coverage" : "";

    // What takes longest comes first, so that both end together.
    var projects = GetFiles("./tests/*.Tests/*.csproj").Select(path => path.FullPath).OrderByDescending(SizeOfTests);
    var inOrder = System.Collections.Concurrent.Partitioner.Create(projects, System.Collections.Concurrent.EnumerablePartitionerOptions.NoBuffering);
    Parallel.ForEach(inOrder, new ParallelOptions { MaxDegreeOfParallelism = Math.Min(2, Environment.ProcessorCount) }, project => Test(project, "--no-build", coverage));
    ReportCounts();
}

long SizeOfTests(string project) =>
    System.IO.Directory.EnumerateFiles(System.IO.Path.GetDirectoryName(project), "*Tests.cs", System.IO.SearchOption.AllDirectories).Sum(file => new System.IO.FileInfo(file).Length);

/// <summary>Runs a test project; what it prints comes out whole, once it ends.</summary>
void Test(string project, params string[] arguments)
{
    var name = System.IO.Path.GetFileNameWithoutExtension(project);
    var start = StartOf(".", new[] { "test", project, "-c", configuration, "--nologo", "--verbosity", "quiet",
        "--logger", $"trx;LogFileName={name}.trx", "--results-directory", testResults.FullPath }.Concat(arguments));
    start.RedirectStandardOutput = true;
    using var process = Process.Start(start);
    var output = process.StandardOutput.ReadToEnd();
    process.WaitForExit();
    lock (failures)
    {
        Console.WriteLine(output);
        if (process.ExitCode != 0)
            failures.Add(name);
    }
}

void ReportCounts()
{
    var counts = CountTests();
    counted = counts;
    NameFailedTests();
    if (counts.Passed + counts.Failed == 0)
        throw new Exception("No test ran: is the solution built, and are there tests under tests/?");
    if (failures.Count > 0 || counts.Failed > 0)
        throw new CakeException(1, $"Tests failed in: {string.Join(", ", failures)}");
}

/// <summary>Prints each failed test with its message and its stack trace, since a count alone doesn't say what to mend.</summary>
void NameFailedTests()
{
    foreach (var failed in TestResults().Where(result => (string)result.Attribute("outcome") == "Failed"))
    {
        var printed = failed.Descendants().Where(element => element.Name.LocalName is "Message" or "StackTrace").Select(element => element.Value.TrimEnd());
        Console.WriteLine($"Failed: {(string)failed.Attribute("testName")}\n{string.Join("\n", printed)}\n");
    }
}

/// <summary>Stryker builds the whole project with all its mutants, then tests those of the room's files with the room's tests alone.</summary>
void Mutate()
{
    var rooms = JsonNode.Parse(System.IO.File.ReadAllText("build/rooms.json")).AsObject();
    if (rooms[Argument("room", "")] is not { } room)
        throw new Exception($"Mutate needs a room: --room=NAME, one of {string.Join(", ", rooms.Select(pair => pair.Key))}");

    var project = $"src/{room["project"]}";
    var arguments = new List<string> { "stryker", "--config-file", MakeAbsolute(File("build/stryker.json")).FullPath,
        "--test-project", MakeAbsolute(File($"tests/{room["tests"]}/{room["tests"]}.csproj")).FullPath,
        "--test-case-filter", $"{room["filter"]}",
        "--configuration", configuration, "--output", artifacts.Combine("mutation").Combine(Argument<string>("room")).FullPath };
    foreach (var files in room["mutate"].AsArray())
        arguments.AddRange(new[] { "--mutate", $"{files}" });
    RunOrFail(arguments, project);
}

/// <summary>The libraries without any native part, then ft for one platform: a build for none would carry every platform's natives.</summary>
void Pack()
{
    var output = artifacts.Combine("packages");
    CleanDirectory(output);
    WriteBills(output);
    foreach (var project in GetFiles("./src/*/*.csproj").Where(path => path.GetFilenameWithoutExtension().ToString() != "FeatureTransfer.Cli"))
        Dotnet("pack", project.FullPath, "-c", configuration, "--nologo", "-v", "quiet", "-o", output.FullPath);
    PackTool(output, "-p:CreateRidSpecificToolPackages=false");
    PackTool(output, $"--runtime={Argument("runtime", System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier)}");
}

/// <summary>ft in two packages: the one that is installed points at the one for a platform.</summary>
void PackTool(DirectoryPath output, string which) =>
    Dotnet("pack", "src/FeatureTransfer.Cli/FeatureTransfer.Cli.csproj", "-c", configuration, "--nologo", "-v", "quiet", "-o", output.FullPath, which);

/// <summary>Counts the outcomes in the result files.</summary>
(int Passed, int Failed, int Skipped) CountTests()
{
    var outcomes = TestResults().Select(result => (string)result.Attribute("outcome")).ToList();
    return (outcomes.Count(o => o == "Passed"), outcomes.Count(o => o == "Failed"), outcomes.Count(o => o is not ("Passed" or "Failed")));
}

IEnumerable<XElement> TestResults() => GetFiles(testResults.FullPath + "/*.trx")
    .SelectMany(file => XDocument.Load(file.FullPath).Descendants())
    .Where(element => element.Name.LocalName == "UnitTestResult");

/// <summary>Builds ft once and hands it the pipelines; ft goes on past a failed one and ends with a table.</summary>
void RunPipelines()
{
    var pipelines = Arguments<string>("pipeline", new List<string>()).ToList();
    if (pipelines.Count == 0)
        throw new Exception("Run needs a pipeline: --target=Run --pipeline=pipelines/quickstart.json (repeatable, globs allowed)");

    BuildFt();
    var arguments = new List<string> { ft.Path.FullPath, "run" };
    arguments.AddRange(pipelines);
    foreach (var set in Arguments<string>("set", new List<string>()))
        arguments.AddRange(new[] { "--set", set });
    RunOrFail(arguments);
}

/// <summary>Builds ft, or does nothing when no source is newer than what was built last.</summary>
void BuildFt()
{
    if (FileExists(ft) && IsNewerThanSources(ft.Path.FullPath))
        return;
    Dotnet("build", "src/FeatureTransfer.Cli/FeatureTransfer.Cli.csproj", "-c", configuration, "--nologo", "-v", "quiet", "-clp:NoSummary");
    System.IO.File.SetLastWriteTimeUtc(ft.Path.MakeAbsolute(Context.Environment).FullPath, DateTime.UtcNow);
}

bool IsNewerThanSources(string built)
{
    var stamp = System.IO.File.GetLastWriteTimeUtc(built);
    return new[] { "src", "onnx-models" }
        .SelectMany(folder => System.IO.Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        .Where(file => !file.Split('/', '\\').Any(part => part is "bin" or "obj"))
        .Concat(new[] { "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props" })
        .All(file => System.IO.File.GetLastWriteTimeUtc(file) <= stamp);
}

void Dotnet(params string[] arguments) => RunOrFail(arguments);

void RunOrFail(IEnumerable<string> arguments, string folder = ".")
{
    var list = arguments.ToArray();
    var exit = ExitIn(folder, list);
    if (exit != 0)
        throw new CakeException(exit, $"dotnet {list[0]} ended with exit code {exit}");
}

int Exit(params string[] arguments) => ExitIn(".", arguments);

int ExitIn(string folder, params string[] arguments)
{
    using var process = Process.Start(StartOf(folder, arguments));
    process.WaitForExit();
    return process.ExitCode;
}

ProcessStartInfo StartOf(string folder, IEnumerable<string> arguments)
{
    var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, WorkingDirectory = MakeAbsolute(Directory(folder)).FullPath };
    foreach (var argument in arguments.Where(a => a.Length > 0))
        start.ArgumentList.Add(argument);
    return start;
}
