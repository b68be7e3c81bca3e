using System.CommandLine;
using FeatureTransfer.Cli.Scaffolding;

namespace FeatureTransfer.Cli.Commands;

/// <summary><c>ft init</c>: a folder with a pipeline to begin with.</summary>
internal static class InitCommand
{
    public static Command Create(Func<ParseResult, Shell> shell)
    {
        var folder = new Argument<string>("folder") { Description = "The folder; it is made if it is missing" };
        var template = new Option<string?>("--template") { Description = "What the folder begins with; without it a terminal is asked" };
        template.AcceptOnlyFromAmong([.. ProjectTemplate.Names]);
        var force = new Option<bool>("--force") { Description = "Replaces files that are there" };
        var command = new Command(
            "init",
            "Makes a folder with a pipeline, its schema, a README and a .gitignore.\n\nExamples:\n  ft init my-photos --template images\n  ft init prices --template table") { folder, template, force };
        command.SetAction((parse, cancellationToken) => RunAsync(shell(parse), parse.GetValue(folder)!, parse.GetValue(template), parse.GetValue(force), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Shell shell, string folder, string? name, bool force, CancellationToken cancellationToken)
    {
        var choices = name is null ? [.. ProjectTemplate.Names.Select(ProjectTemplate.Of)] : new[] { ProjectTemplate.Of(name) };
        if (name is null && shell.Terminal is null)
        {
            shell.Error.WriteLine($"Name a template by --template:\n{string.Join('\n', choices.Select(choice => "  " + Line(choice)))}");
            return ExitCodes.Usage;
        }

        var template = name is null ? await Question.AskAsync(shell.Terminal!, "Which template?", choices, Line, cancellationToken).ConfigureAwait(false) : choices[0];
        Write(shell, folder, template, force);
        return ExitCodes.Ok;
    }

    private static string Line(ProjectTemplate template) => $"{template.Name,-7} {template.Description}";

    private static void Write(Shell shell, string folder, ProjectTemplate template, bool force)
    {
        var files = template.Files(Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))));
        var there = files.Keys.Where(file => Path.Exists(Path.Combine(folder, file))).ToList();
        if (there.Count > 0 && !force)
            throw new FeatureTransferException($"{folder}: has {string.Join(", ", there)} already, so nothing was written. Name another folder, or replace these files by --force.");
        foreach (var (file, content) in files)
            AtomicFile.WriteText(Path.Combine(folder, file), content);
        if (shell.Json)
        {
            shell.WriteJson(new { folder, template = template.Name, files = files.Keys });
            return;
        }

        shell.Out.WriteLine($"Made {folder}: {string.Join(", ", files.Keys)}");
        shell.Out.WriteLine(template.Next(folder));
    }
}
