using System.Globalization;
using CsvHelper;
using FeatureTransfer.Pipelines;

// Goods that came back: returns.csv has the columns Number and Photo, a path from the table's folder. Each gets a line in answers.csv.
if (args is not [var model, var returns, var answers])
{
    Console.Error.WriteLine("ConsoleApp MODEL.ftm RETURNS.csv ANSWERS.csv");
    return 2;
}

const double Sure = 0.8;
using var bundle = Bundle.Load(model);
using var reader = new CsvReader(new StreamReader(returns), CultureInfo.InvariantCulture);
var goods = reader.GetRecords<Goods>().ToList();
var folder = Path.GetDirectoryName(Path.GetFullPath(returns))!;

// All at once: the backbone takes them in batches. A photograph that cannot be read has its reason instead of a label.
var predictions = bundle.Predict([.. goods.Select(item => Path.Combine(folder, item.Photo))]);
var decisions = goods.Zip(predictions, (item, answer) => new Decision(item.Number, answer.Label, answer.Confidence, answer.Confidence >= Sure ? "automatic" : "ask a person", answer.Error)).ToList();

using (var writer = new CsvWriter(new StreamWriter(answers), CultureInfo.InvariantCulture))
    writer.WriteRecords(decisions);
foreach (var group in decisions.CountBy(decision => decision.Error is null ? $"{decision.Label}, {decision.Way}" : "no photograph").OrderByDescending(group => group.Value))
    Console.WriteLine($"{group.Value,6} {group.Key}");
return decisions.Exists(decision => decision.Error is not null) ? 1 : 0;

internal sealed record Goods(string Number, string Photo);

internal sealed record Decision(string Number, string? Label, double? Confidence, string Way, string? Error);
