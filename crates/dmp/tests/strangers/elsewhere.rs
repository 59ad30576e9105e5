//! Forms that another site sends.

use dmp_server::ROUTES;
use dmp_testkit::{Options, Server};

use super::world::Session;
use super::{PERSON, fields};

#[test]
fn no_form_of_the_sites_is_taken_from_another_site() {
    let server = Server::start(env!("CARGO_BIN_EXE_dmp"), &Options { patients: 1, ..Options::default() });
    let person = Session::of(&server, PERSON);
    let for_others = ["/fhir", "/shl", "/cds-services", "/sandbox", "/pro/appel", "/oauth/token", "/oauth/revoke", "/share/open"];
    let forms = ROUTES.iter().filter(|route| route.method == "POST" && !for_others.iter().any(|root| route.path.starts_with(root)));
    let mut asked = 0;
    for route in forms {
        for (header, value) in [("sec-fetch-site", "cross-site"), ("sec-fetch-site", "same-site"), ("origin", "https://evil.example")] {
            let body = fields(route.path, &person.csrf());
            let request = person.request(&server, "POST", route.path).header(header, value).body("application/x-www-form-urlencoded", body);
            assert_eq!(request.send().status, 403, "{} with {header}: {value}", route.path);
            asked += 1;
        }
    }
    assert!(asked > 100, "{asked}");
    assert_eq!(person.get(&server, "/").status, 200, "nothing was done, not even the sign-out");
}
