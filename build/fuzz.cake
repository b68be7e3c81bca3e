// Coverage-guided fuzzing of the readers of outside data: SharpFuzz instruments copies of the assemblies, AFL++ makes the inputs.
const string FuzzProject = "tests/FeatureTransfer.Fuzzing";

// Whose branches are counted: ours, and those of the managed decoders that meet a recording first.
string[] FuzzedAssemblies = { "FeatureTransfer*.dll", "NAudio.Core.dll", "NLayer.dll", "NVorbis.dll" };

/// <summary>Fuzzes one target for --minutes; what was found lies in artifacts/fuzzing/NAME, and the next run goes on from there.</summary>
void Fuzz()
{
    var names = System.IO.Directory.GetDirectories($"{FuzzProject}/Corpus").Select(System.IO.Path.GetFileName).Order().ToList();
    var name = Argument("fuzz", "");
    if (!names.Contains(name))
        throw new Exception($"Fuzz needs a target: --fuzz=NAME, one of {string.Join(", ", names)}");
    var afl = InPath("afl-fuzz") ?? throw new Exception("Fuzz needs afl-fuzz of AFL++ 4, which is not in the PATH. On Debian and Ubuntu: apt-get install afl++; on macOS: brew install afl++; Windows has it within WSL.");

    var program = BuildFuzzer();
    var output = artifacts.Combine("fuzzing").Combine(name).FullPath;
    var status = RunAfl(afl, program, name, output);
    var stats = FuzzerStats($"{output}/default/fuzzer_stats");
    Information($"{name}: {stats["run_time"]} s, {stats["execs_done"]} executions ({stats["execs_per_sec"]} a second), {stats["corpus_count"]} inputs kept, {stats["edges_found"]} edges, {stats["saved_crashes"]} crashes, {stats["saved_hangs"]} hangs");
    if (status != 0 || stats["saved_crashes"] != "0" || stats["saved_hangs"] != "0")
        throw new CakeException(1, $"See {output}/default/crashes and hangs. What an input does: dotnet {program} {name} FILE");
}

/// <summary>Builds the program that afl-fuzz starts into a folder of its own, for instrumenting changes the files.</summary>
string BuildFuzzer()
{
    var folder = artifacts.Combine("fuzzing").Combine("bin");
    CleanDirectory(folder);
    Dotnet("publish", $"{FuzzProject}/FeatureTransfer.Fuzzing.csproj", "-c", configuration, "--nologo", "-v", "quiet", "-o", folder.FullPath);
    Dotnet("tool", "restore");
    foreach (var assembly in FuzzedAssemblies.SelectMany(pattern => GetFiles($"{folder}/{pattern}")).Where(file => file.GetFilename().ToString() != "FeatureTransfer.Fuzzing.dll"))
        Dotnet("sharpfuzz", assembly.FullPath);
    return folder.CombineWithFilePath("FeatureTransfer.Fuzzing.dll").FullPath;
}

int RunAfl(string afl, string program, string name, string output)
{
    var minutes = Argument("minutes", 10.0);
    var scratch = System.IO.Directory.Exists("/dev/shm") ? $"/dev/shm/ft-fuzz-{name}" : $"{output}-scratch";
    System.IO.Directory.CreateDirectory(scratch);
    System.IO.Directory.CreateDirectory(output);
    var start = new ProcessStartInfo(afl) { UseShellExecute = false };
    var dictionary = $"{FuzzProject}/Dictionaries/{name}.dict";
    foreach (var argument in new[] { "-i", $"{FuzzProject}/Corpus/{name}", "-o", output, "-V", $"{(int)(minutes * 60)}", "-t", "10000", "-m", "none" }
        .Concat(System.IO.File.Exists(dictionary) ? new[] { "-x", dictionary } : Array.Empty<string>())
        .Concat(new[] { "--", "dotnet", program, name }))
        start.ArgumentList.Add(argument);
    foreach (var (variable, value) in FuzzEnvironment(scratch))
        start.Environment[variable] = value;
    using var process = Process.Start(start);
    process.WaitForExit();
    System.IO.Directory.Delete(scratch, recursive: true);
    return process.ExitCode;
}

// The runtime is neither built by afl-cc nor dumps cores for it. An input that asks for a gigabyte is a finding.
Dictionary<string, string> FuzzEnvironment(string scratch) => new()
{
    ["AFL_SKIP_BIN_CHECK"] = "1",
    ["AFL_SKIP_CPUFREQ"] = "1",
    ["AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES"] = "1",
    ["AFL_NO_UI"] = "1",
    ["AFL_NO_AFFINITY"] = "1",
    ["AFL_AUTORESUME"] = "1",
    ["DOTNET_GCHeapHardLimit"] = "40000000",
    ["DOTNET_gcConcurrent"] = "0",
    ["TMPDIR"] = scratch,
};

Dictionary<string, string> FuzzerStats(string file) =>
    System.IO.File.ReadLines(file).Select(line => line.Split(':', 2)).ToDictionary(pair => pair[0].Trim(), pair => pair[1].Trim());

string InPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator)
    .Select(folder => System.IO.Path.Combine(folder, program)).FirstOrDefault(System.IO.File.Exists);
