//! `dmp feed users FILE`: makes the structure's directory say what a file says, through SCIM: users added, changed, deactivated; units with
//! their staff. Done twice it changes nothing the second time.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use http::Method;
use serde::Deserialize;
use serde_json::{Value, json};

use super::link::{Link, NoAnswer, Who};
use super::options::UsersOptions;
use crate::http::{Answer, form_value};
use crate::print;

const SCIM: &str = "application/scim+json";
const PROFESSIONAL: &str = "urn:dmp:params:scim:schemas:extension:professional:2.0:User";
/// Users of one answer.
const PAGE: usize = 500;

/// A line of the file.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    user_name: String,
    #[serde(default)]
    external_id: String,
    /// PS_IdNat.
    national_id: String,
    given: String,
    family: String,
    profession: String,
    #[serde(default)]
    specialty: String,
    #[serde(default = "yes")]
    active: bool,
    /// Names of units.
    #[serde(default)]
    units: Vec<String>,
}

fn yes() -> bool {
    true
}

/// Columns of a CSV file, separated by semicolons; units by commas.
const COLUMNS: [&str; 9] = ["user_name", "external_id", "national_id", "given", "family", "profession", "specialty", "active", "units"];

/// Runs the command.
///
/// # Errors
/// In words.
pub async fn run(options: &UsersOptions) -> Result<(), String> {
    let lines = read(&options.file)?;
    let link = Link::new(&options.server, None)?;
    let known = all(&link, "Users").await?;
    let mut tally = Tally::default();
    let mut ids: BTreeMap<String, String> = BTreeMap::new();
    for line in &lines {
        let id = keep(&link, line, &known, &mut tally).await?;
        ids.insert(line.national_id.clone(), id);
    }
    let there: BTreeSet<&str> = ids.values().map(String::as_str).collect();
    for gone in known.iter().filter(|user| user["active"] == true && !there.contains(text(user, "id"))) {
        let body = json!({ "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": [{ "op": "replace", "path": "active", "value": false }] });
        ask(&link, Method::PATCH, &format!("/scim/v2/Users/{}", text(gone, "id")), &body).await?;
        tally.deactivated += 1;
    }
    units(&link, &lines, &ids, &mut tally).await?;
    print::line(&format!(
        "{} users: {} added, {} changed, {} deactivated; {} units changed",
        lines.len(),
        tally.added,
        tally.changed,
        tally.deactivated,
        tally.units
    ));
    Ok(())
}

#[derive(Debug, Default)]
struct Tally {
    added: usize,
    changed: usize,
    deactivated: usize,
    units: usize,
}

/// Adds or changes one user; gives their id.
async fn keep(link: &Link, line: &Line, known: &[Value], tally: &mut Tally) -> Result<String, String> {
    let or_null = |text: &str| if text.is_empty() { Value::Null } else { json!(text) };
    let wanted = json!({
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User", PROFESSIONAL],
        "userName": line.user_name, "externalId": or_null(&line.external_id),
        "name": { "givenName": line.given, "familyName": line.family }, "active": line.active,
        PROFESSIONAL: { "nationalId": line.national_id, "profession": line.profession, "specialty": or_null(&line.specialty) },
    });
    let there = known.iter().find(|user| user.get(PROFESSIONAL).is_some_and(|part| text(part, "nationalId") == line.national_id));
    let Some(there) = there else {
        tally.added += 1;
        return Ok(text(&ask(link, Method::POST, "/scim/v2/Users", &wanted).await?, "id").to_owned());
    };
    let id = text(there, "id").to_owned();
    let same = ["userName", "externalId", "name", "active", PROFESSIONAL].iter().all(|name| there.get(*name) == wanted.get(*name));
    if !same {
        tally.changed += 1;
        ask(link, Method::PUT, &format!("/scim/v2/Users/{id}"), &wanted).await?;
    }
    Ok(id)
}

/// Units as the file has them; those that it does not name lose their staff.
async fn units(link: &Link, lines: &[Line], ids: &BTreeMap<String, String>, tally: &mut Tally) -> Result<(), String> {
    let known = all(link, "Groups").await?;
    let mut wanted: BTreeMap<&str, BTreeSet<&str>> = known.iter().map(|unit| (text(unit, "displayName"), BTreeSet::new())).collect();
    for line in lines {
        for unit in &line.units {
            wanted.entry(unit).or_default().extend(ids.get(&line.national_id).map(String::as_str));
        }
    }
    for (name, members) in wanted {
        let there = known.iter().find(|unit| text(unit, "displayName") == name);
        let staff: BTreeSet<&str> =
            there.and_then(|unit| unit.get("members")?.as_array()).into_iter().flatten().map(|member| text(member, "value")).collect();
        if there.is_some() && staff == members {
            continue;
        }
        tally.units += 1;
        let members: Vec<Value> = members.iter().map(|id| json!({ "value": id })).collect();
        let body = json!({
            "schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"], "displayName": name, "members": members,
            "externalId": there.and_then(|unit| unit.get("externalId")),
        });
        match there {
            Some(unit) => ask(link, Method::PUT, &format!("/scim/v2/Groups/{}", text(unit, "id")), &body).await?,
            None => ask(link, Method::POST, "/scim/v2/Groups", &body).await?,
        };
    }
    Ok(())
}

async fn all(link: &Link, kind: &str) -> Result<Vec<Value>, String> {
    let mut found = Vec::new();
    loop {
        let path = format!("/scim/v2/{kind}?startIndex={}&count={}", found.len() + 1, form_value(&PAGE.to_string()));
        let page = ask(link, Method::GET, &path, &Value::Null).await?;
        let resources = page.get("Resources").and_then(Value::as_array).cloned().unwrap_or_default();
        let total = page.get("totalResults").and_then(Value::as_u64).and_then(|total| usize::try_from(total).ok()).unwrap_or(0);
        if resources.is_empty() || found.len() + resources.len() >= total {
            found.extend(resources);
            return Ok(found);
        }
        found.extend(resources);
    }
}

async fn ask(link: &Link, method: Method, path: &str, body: &Value) -> Result<Value, String> {
    let bytes = if body.is_null() { Vec::new() } else { body.to_string().into_bytes() };
    let answer = link.send(Who::Directory, method, path, SCIM, bytes).await;
    let Answer { status, body } = answer.map_err(|(NoAnswer::Away(why) | NoAnswer::NotLetIn(why))| why)?;
    let said: Value = serde_json::from_slice(&body).unwrap_or_default();
    if status.is_success() { Ok(said) } else { Err(format!("{path}: {} {}", status.as_u16(), text(&said, "detail"))) }
}

fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn read(path: &Path) -> Result<Vec<Line>, String> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let wrong = |what: String| format!("{}: {what}", path.display());
    if path.extension().is_some_and(|ending| ending == "json") {
        serde_json::from_str(&text).map_err(|error| wrong(error.to_string()))
    } else {
        csv(&text).map_err(wrong)
    }
}

/// Semicolons between columns, a header; a value in quotation marks may hold them.
fn csv(text: &str) -> Result<Vec<Line>, String> {
    let mut lines = text.trim_start_matches('\u{feff}').lines().filter(|line| !line.trim().is_empty());
    let header = cells(lines.next().unwrap_or_default());
    if header.iter().any(|name| !COLUMNS.contains(&name.as_str())) {
        return Err(format!("the first line names the columns: {}", COLUMNS.join(";")));
    }
    lines.enumerate().map(|(place, line)| one(&header, &cells(line)).map_err(|what| format!("line {}: {what}", place + 2))).collect()
}

fn one(header: &[String], cells: &[String]) -> Result<Line, String> {
    let cell =
        |name: &str| header.iter().position(|known| known == name).and_then(|place| cells.get(place)).map(|cell| cell.trim()).unwrap_or_default();
    let required = |name: &str| if cell(name).is_empty() { Err(format!("{name} is missing")) } else { Ok(cell(name).to_owned()) };
    let active = match cell("active").to_lowercase().as_str() {
        "" | "true" | "1" | "oui" | "yes" => true,
        "false" | "0" | "non" | "no" => false,
        _ => return Err("active is true or false".to_owned()),
    };
    Ok(Line {
        user_name: required("user_name")?,
        external_id: cell("external_id").to_owned(),
        national_id: required("national_id")?,
        given: required("given")?,
        family: required("family")?,
        profession: required("profession")?,
        specialty: cell("specialty").to_owned(),
        active,
        units: cell("units").split(',').map(str::trim).filter(|unit| !unit.is_empty()).map(str::to_owned).collect(),
    })
}

fn cells(line: &str) -> Vec<String> {
    let (mut cells, mut quoted) = (vec![String::new()], false);
    let mut letters = line.trim_end_matches('\r').chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                cells.last_mut().map(|cell| cell.push('"')).unwrap_or_default();
            }
            '"' => quoted = !quoted,
            ';' if !quoted => cells.push(String::new()),
            _ => cells.last_mut().map(|cell| cell.push(letter)).unwrap_or_default(),
        }
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_users_is_read_and_a_wrong_line_told() {
        let text = "\u{feff}user_name;national_id;given;family;profession;active;units\r\na.modele;810001234567;Anne;\"MODELE; VEUVE \"\"X\"\"\";G15/10;non;Cardiologie, Urgences\n";
        let lines = csv(text).unwrap();
        assert_eq!(
            (lines[0].family.as_str(), lines[0].active, lines[0].units.join("+")),
            ("MODELE; VEUVE \"X\"", false, "Cardiologie+Urgences".into())
        );
        assert!(csv("name;x\n").unwrap_err().contains("columns"));
        assert_eq!(csv("user_name;national_id;given;family;profession\na;;b;c;d\n").unwrap_err(), "line 2: national_id is missing");
    }
}
