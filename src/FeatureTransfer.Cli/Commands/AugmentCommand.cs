using System.CommandLine;
using FeatureTransfer.Inputs.Augmentation;
using FeatureTransfer.Inputs.Images;

namespace FeatureTransfer.Cli.Commands;

/// <summary><c>ft augment</c>: what random changes do to images, to look at before training with them.</summary>
internal static class AugmentCommand
{
    private static readonly string[] _endings = [".jpg", ".jpeg", ".png"];

    public static Command Create(Func<ParseResult, Shell> shell) =>
        new("augment", "Shows what random changes do to training images") { Preview(shell) };

    private static Command Preview(Func<ParseResult, Shell> shell)
    {
        var inputs = new Argument<string[]>("images") { Description = InputFiles.Description, Arity = ArgumentArity.OneOrMore };
        var pipeline = new Option<string?>("--pipeline") { Description = "The pipeline whose augmentation, and whose backbone's preprocessing, to show" };
        var augment = new Option<string?>("--augment") { Description = "The augmentation: a JSON list, or a file with one" };
        var backbone = new Option<string?>("--backbone") { Description = "The backbone whose preprocessing makes tensors of the images; default the pipeline's, or 224 x 224 pixels" };
        var rows = Number("--rows", "The images to show, taken evenly from those named", 6, 1, 100);
        var columns = Number("--columns", "Cells a row: the image as it is, then as each epoch would see it", 8, 2, 100);
        var seed = new Option<int>("--seed") { Description = "The seed of everything random", DefaultValueFactory = _ => 1 };
        var output = new Option<string>("--output") { Description = "The picture: .jpg or .png", Required = true };
        var command = new Command(
            "preview",
            "Writes a contact sheet: a row an image, as it is first, then changed.\n\nExamples:\n  ft augment preview photos --augment '[{\"type\": \"randomResizedCrop\"}, {\"type\": \"horizontalFlip\"}, {\"type\": \"randAugment\"}]' --output sheet.jpg\n  ft augment preview photos --pipeline tune.json --rows 4 --output sheet.png") { inputs, pipeline, augment, backbone, rows, columns, seed, output };
        command.Validators.Add(result =>
        {
            if (result.GetResult(pipeline) is null == result.GetResult(augment) is null)
                result.AddError("Say what to show by one of --pipeline and --augment.");
        });
        command.SetAction((parse, cancellationToken) => Task.FromResult(Run(
            shell(parse),
            parse.GetValue(inputs)!,
            AugmentChoice.Read(parse.GetValue(pipeline), parse.GetValue(augment), parse.GetValue(backbone)),
            (parse.GetValue(rows), parse.GetValue(columns), parse.GetValue(seed)),
            parse.GetValue(output)!,
            cancellationToken)));
        return command;
    }

    private static Option<int> Number(string name, string description, int ordinary, int least, int most)
    {
        var option = new Option<int>(name) { Description = $"{description}; {least} to {most}", DefaultValueFactory = _ => ordinary };
        option.Require(value => value >= least && value <= most, $"from {least} to {most}");
        return option;
    }

    private static int Run(Shell shell, string[] inputs, AugmentChoice choice, (int Rows, int Columns, int Seed) sheet, string output, CancellationToken cancellationToken)
    {
        if (!_endings.Contains(Path.GetExtension(output), StringComparer.OrdinalIgnoreCase))
            throw new FeatureTransferException($"{output}: its ending says no known format. Expected one of {string.Join(", ", _endings)}.");
        var all = InputFiles.Expand(inputs);
        var shown = Enumerable.Range(0, Math.Min(sheet.Rows, all.Count)).Select(i => all[(int)((long)i * all.Count / Math.Min(sheet.Rows, all.Count))]).ToList();
        var rejected = new RejectedRowCollector();
        var pages = Draw(shown, choice, sheet, rejected, cancellationToken);
        AtomicFile.Write(output, stream => stream.Write(output.EndsWith(".png", StringComparison.OrdinalIgnoreCase) ? pages.ToPng() : pages.ToJpeg()));
        Tell(shell, output, shown.Count, sheet.Columns, rejected);
        return rejected.Count > 0 ? ExitCodes.SomeRejected : ExitCodes.Ok;
    }

    private static ContactSheet Draw(List<string> images, AugmentChoice choice, (int Rows, int Columns, int Seed) sheet, RejectedRowCollector rejected, CancellationToken cancellationToken)
    {
        var readable = new List<(string Path, byte[] Bytes)>();
        var probe = new float[choice.Preprocessing.TensorLength];
        foreach (var path in images)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                new ImagePreprocessor(choice.Preprocessing).ReadFile(path, probe);
                readable.Add((path, File.ReadAllBytes(path)));
            }
            catch (BadInputException exception)
            {
                rejected.Reject(new RejectedRow(path, exception.Reason, "augment preview"));
            }
        }

        if (readable.Count == 0)
            throw new FeatureTransferException($"None of the images can be read. {rejected.Rows[0].Input}: {rejected.Rows[0].Reason}");
        var pages = new ContactSheet(choice.Plan, choice.Preprocessing, readable.Count, sheet.Columns);
        for (var row = 0; row < readable.Count; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            pages.Draw(row, readable[row].Bytes, sheet.Seed, readable[row].Path);
        }

        return pages;
    }

    private static void Tell(Shell shell, string output, int images, int columns, RejectedRowCollector rejected)
    {
        if (shell.Json)
        {
            shell.WriteJson(new { output, rows = images - rejected.Count, columns, Rejected = rejected.Rows });
            return;
        }

        foreach (var row in rejected.Rows)
            shell.Error.WriteLine($"{row.Input}: {row.Reason}");
        shell.Out.WriteLine($"{output}: {images - rejected.Count} images, each as it is and in {columns - 1} variants");
    }
}
